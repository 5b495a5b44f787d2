import { lstatSync } from 'node:fs'
import { judge } from './bad-file.ts'
import { SegmentReader } from './segment-reader.ts'

/** Follows the ledger of a directory from version to version. */
export class LedgerFile {
  readonly path: string
  /** Undefined when there is none, or none that can be believed. */
  reader: SegmentReader | undefined
  /** What is wrong with it. */
  bad: ReturnType<typeof judge> | undefined
  #stamp: string | undefined

  constructor(path: string) {
    this.path = path
  }

  /** Names one version of the ledger; undefined when there is none. */
  stamp(): string | undefined {
    const stat = lstatSync(this.path, { bigint: true, throwIfNoEntry: false })
    return stat && `${stat.ino}.${stat.mtimeNs}.${stat.size}`
  }

  /** Reads the version `stamp`. False when it was replaced in between. */
  open(stamp: string | undefined, owner: number): boolean {
    // What could not be read is tried again: its permissions may have been mended.
    if (stamp === this.#stamp && this.bad === undefined) return true
    this.close()
    if (stamp === undefined) return true
    try {
      this.reader = new SegmentReader(this.path, 'ledger', owner)
      this.reader.refresh()
      this.bad = this.reader.damage === undefined ? undefined : { why: this.reader.damage, reason: 'damaged' }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
      this.reader?.close()
      this.reader = undefined
      this.bad = judge(error)
    }
    this.#stamp = stamp
    return true
  }

  close(): void {
    this.reader?.close()
    this.reader = undefined
    this.bad = undefined
    this.#stamp = undefined
  }
}
