import { printable } from '../../terminal/printable.ts'
import type { Field } from './decoded.ts'

type Kind = 'u16' | 'u32' | 'f64' | 'bytes'

const BYTES: Record<Kind, number> = { u16: 2, u32: 4, f64: 8, bytes: 16 }
const MAX_SHOWN_BYTES = 16

export interface FieldSpec {
  readonly name: string
  /** Within the block. */
  readonly at: number
  readonly kind: Kind
  readonly meaning?: (value: number) => string
}

/** Reads a field of a block that is at `base` in the file. */
export function readField(block: Buffer, base: number, { name, at, kind, meaning }: FieldSpec): Field {
  const hex = hexOf(block.subarray(at, at + BYTES[kind]))
  const offset = base + at
  if (kind === 'bytes') return { name, offset, hex, value: hex.replaceAll(' ', ''), meaning: '' }
  const value = numberAt(block, at, kind)
  return { name, offset, hex, value: String(value), meaning: meaning?.(value) ?? '' }
}

export function numberAt(block: Buffer, at: number, kind: 'u16' | 'u32' | 'f64'): number {
  if (kind === 'u16') return block.readUInt16LE(at)
  return kind === 'u32' ? block.readUInt32LE(at) : block.readDoubleLE(at)
}

export function textField(name: string, offset: number, bytes: Buffer): Field {
  const value = printable(bytes.toString('utf8'))
  return { name, offset, hex: hexOf(bytes), value, meaning: `${bytes.length} bytes of UTF-8` }
}

export function hexOf(bytes: Buffer): string {
  const shown = [...bytes.subarray(0, MAX_SHOWN_BYTES)]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join(' ')
  return bytes.length > MAX_SHOWN_BYTES ? `${shown} …` : shown
}
