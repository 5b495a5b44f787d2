import { readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { HEARTBEAT_TIMEOUT_MS } from '../segment/layout.ts'
import type { Election } from './election.ts'
import { NEWBORN_PREFIX } from './files.ts'
import { randomBytes } from './random.ts'

/** Often enough that a busy event loop does not lose its claim. */
const TOUCH_INTERVAL_MS = 1_000

/**
 * An election where there are no locks: the file names who is elected, who touches it every second. A claim that
 * was not touched for ten seconds is taken over. That is weaker than a lock: of two who take it over in the same
 * moment both may believe for one turn that they are elected.
 */
export class Claim implements Election {
  readonly #path: string
  readonly #now: () => number
  readonly #name: string = randomBytes(16).toString('hex')
  #timer: NodeJS.Timeout | undefined

  constructor(path: string, now: () => number) {
    this.#path = path
    this.#now = now
  }

  stand(): boolean {
    if (this.#isOurs()) {
      this.#touch()
      return true
    }
    clearInterval(this.#timer)
    const touched = statSync(this.#path, { throwIfNoEntry: false })?.mtimeMs
    if (touched !== undefined && this.#now() - touched < HEARTBEAT_TIMEOUT_MS) return false
    this.#take()
    return this.#isOurs()
  }

  resign(): void {
    clearInterval(this.#timer)
    try {
      if (this.#isOurs()) unlinkSync(this.#path)
    } catch {
      // Taken over meanwhile, or the directory is gone.
    }
  }

  #isOurs(): boolean {
    try {
      return readFileSync(this.#path, 'utf8') === this.#name
    } catch {
      return false
    }
  }

  /** Written aside and renamed: the file never names nobody. */
  #take(): void {
    const aside = join(dirname(this.#path), `${NEWBORN_PREFIX}claim-${this.#name}`)
    writeFileSync(aside, this.#name, { mode: 0o600 })
    this.#touchAt(aside)
    renameSync(aside, this.#path)
    this.#timer = setInterval(() => this.#touch(), TOUCH_INTERVAL_MS).unref()
  }

  #touch(): void {
    try {
      if (this.#isOurs()) this.#touchAt(this.#path)
    } catch {
      // Gone: whoever stands next decides.
    }
  }

  #touchAt(path: string): void {
    const seconds = this.#now() / 1_000
    utimesSync(path, seconds, seconds)
  }
}
