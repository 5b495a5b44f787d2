import type { BadFile, judge } from './bad-file.ts'
import type { SegmentReader } from './segment-reader.ts'

/** The bad files of one read, each with the time since when it is. */
export class BadFiles {
  readonly damaged: BadFile[] = []
  readonly otherVersions: BadFile[] = []
  readonly sinceMs: Map<string, number> = new Map()
  readonly #before: ReadonlyMap<string, number>
  readonly #nowMs: number

  constructor(before: ReadonlyMap<string, number>, nowMs: number) {
    this.#before = before
    this.#nowMs = nowMs
  }

  add(path: string, { why, reason }: ReturnType<typeof judge>): void {
    const sinceMs = this.#since(path)
    const list = reason === 'version' ? this.otherVersions : this.damaged
    list.push({ path, why, sinceMs, hopeless: reason === 'damaged' })
  }

  /** One that is read as far as it can be. */
  addPart(reader: SegmentReader): void {
    reader.damagedSinceMs = this.#since(reader.path)
    const why = reader.damage ?? ''
    this.damaged.push({ path: reader.path, why, sinceMs: reader.damagedSinceMs, hopeless: false })
  }

  /** Says what was not there the last time. */
  warn(say: (line: string) => void): void {
    for (const { path, why } of this.otherVersions) {
      if (!this.#before.has(path))
        say(`${path} was written by another version (${why}): its metrics are not on this page.`)
    }
    for (const { path, why } of this.damaged) {
      if (!this.#before.has(path))
        say(
          `${path} is damaged (${why}): what can't be read of it is missing on the page; all else is complete.`,
        )
    }
  }

  #since(path: string): number {
    const sinceMs = this.#before.get(path) ?? this.#nowMs
    this.sinceMs.set(path, sinceMs)
    return sinceMs
  }
}
