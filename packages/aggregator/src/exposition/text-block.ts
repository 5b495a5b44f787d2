import { digitCount, isWhole, MAX_NUMBER_BYTES, numberText, writeDecimal, writeDigits } from './number.ts'
import type { SpareBuffers } from './spare-buffers.ts'

/** What follows a number when it has an exemplar: two ids, a value, a time, and what is around them. */
const MAX_EXEMPLAR_BYTES = 160

/** What the lines of a block say. */
export interface LineValues {
  /** One a line; there may be more than lines. */
  readonly values: Float64Array
  /** What follows the numbers, by line; undefined where nothing follows any. */
  readonly exemplars: readonly (string | undefined)[] | undefined
  /** Whether a line is left out when its value is NaN. */
  isOptional(line: number): boolean
}

/**
 * A part of a page: the lines of some series, made once, and from then on written only where numbers changed. A
 * number of as many digits as the one before takes its place; where one got longer or shorter, all that lies between
 * such numbers is copied in long runs.
 */
export class TextBlock {
  /** The lines as they were written last. */
  bytes: Buffer
  /** What was written last; NaN: to be written in any case. */
  readonly #values: Float64Array
  /** Where a line's number begins. */
  readonly #starts: Uint32Array
  /** How long it is, with the exemplar behind it; 0 where the line is left out. */
  readonly #sizes: Uint16Array
  readonly #spares: SpareBuffers

  /** @param texts what stands before the numbers, by line. */
  constructor(texts: readonly string[], { values, exemplars, isOptional }: LineValues, spares: SpareBuffers) {
    this.#spares = spares
    this.#values = values.slice(0, texts.length)
    this.#starts = new Uint32Array(texts.length)
    this.#sizes = new Uint16Array(texts.length)
    const lines: string[] = []
    let at = 0
    for (let line = 0; line < texts.length; line++) {
      if (Number.isNaN(values[line]) && isOptional(line)) continue
      const exemplar = exemplars?.[line]
      if (exemplar !== undefined) this.#values[line] = Number.NaN
      const written = numberText(values[line]) + (exemplar ?? '')
      this.#starts[line] = at + Buffer.byteLength(texts[line])
      this.#sizes[line] = written.length
      at = this.#starts[line] + written.length + 1
      lines.push(`${texts[line]}${written}\n`)
    }
    const buffer = spares.take(at)
    buffer.write(lines.join(''))
    this.bytes = buffer.subarray(0, at)
  }

  /**
   * Writes what changed. False when a line came or went: then the block is to be made anew.
   * @param isOurs whether nobody reads the bytes any more. If somebody does they stay as they are.
   */
  update({ values, exemplars, isOptional }: LineValues, isOurs: boolean): boolean {
    const before = this.#values
    const starts = this.#starts
    const sizes = this.#sizes
    let source = isOurs ? this.bytes : undefined
    let target: Buffer | undefined
    /** How far the target is written, how much of the source that is, and what lies between the two. */
    let end = 0
    let copied = 0
    let shift = 0
    const count = before.length
    for (let line = 0; line < count; line++) {
      const value = values[line]
      const start = starts[line]
      if (shift !== 0) starts[line] = start + shift
      if (value === before[line] && (exemplars === undefined || exemplars[line] === undefined)) continue
      const size = sizes[line]
      if (size === 0 || Number.isNaN(value)) {
        if (size === 0 && Number.isNaN(value)) continue
        if (isOptional(line)) return false
      }
      const exemplar = exemplars?.[line]
      before[line] = exemplar === undefined ? value : Number.NaN
      let newSize = 0
      let whole = -1
      let text = ''
      if (exemplar === undefined && isWhole(value)) {
        whole = value | 0
        newSize = digitCount(whole)
      } else if (exemplar === undefined) newSize = writeDecimal(DECIMAL, 0, value)
      if (newSize === 0) {
        text = numberText(value) + (exemplar ?? '')
        newSize = text.length
      }
      source ??= this.#copy()
      let into = source
      let at = start
      if (newSize !== size) {
        target ??= this.#spares.take(this.#mostBytes(exemplars !== undefined))
        source.copy(target, end, copied, start)
        into = target
        at = end + start - copied
        end = at + newSize
        copied = start + size
        shift += newSize - size
        sizes[line] = newSize
      }
      if (whole >= 0) writeDigits(into, at, whole, newSize)
      else if (text === '') writeBytes(into, at, DECIMAL, newSize)
      else writeText(into, at, text)
    }
    if (source !== undefined) this.bytes = source
    if (target !== undefined) this.#moveTo(target, end, copied)
    return true
  }

  #copy(): Buffer {
    const copy = this.#spares.take(this.bytes.length)
    return copy.subarray(0, this.bytes.copy(copy))
  }

  /** The last run; then what was written to is ours, and whatever it was made of is free. */
  #moveTo(target: Buffer, end: number, copied: number): void {
    const total = end + this.bytes.copy(target, end, copied)
    this.#spares.give(this.bytes)
    this.bytes = target.subarray(0, total)
  }

  #mostBytes(isSampled: boolean): number {
    return this.bytes.length + this.#values.length * (MAX_NUMBER_BYTES + (isSampled ? MAX_EXEMPLAR_BYTES : 0))
  }
}

/** The number at hand, before it is known where it begins. */
const DECIMAL: Uint8Array = new Uint8Array(MAX_NUMBER_BYTES)

function writeBytes(page: Uint8Array, at: number, bytes: Uint8Array, count: number): void {
  for (let index = 0; index < count; index++) page[at + index] = bytes[index]
}

/** Numbers and exemplars are plain ASCII. */
function writeText(page: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index++) page[at + index] = text.charCodeAt(index)
}
