import { join } from 'node:path'
import { warnByDiag } from '../api.ts'
import { EXPOSER_LOCK } from '../directory/files.ts'
import { type HeldLock, tryLock } from '../directory/lock.ts'
import { type Libc, libcIfThere } from '../segment/libc.ts'
import type { ExposeOptions } from './expose.ts'
import { type Exposer, type ExposerOptions, withDefaults } from './exposer-options.ts'
import { describeAddress, socketPathOf } from './socket-path.ts'
import { startThread } from './start-thread.ts'
import { CONFIGURATION_INVALID } from './web-config/configuration-error.ts'

export interface ContenderOptions extends ExposerOptions {
  /** Called when this process serves the page, with its address. */
  onListening?: (url: string) => void
  /** The elected process starts the exposer's thread when this is fulfilled; by default at once. Must not reject. */
  ready?: Promise<void>
}

export interface ExposerContender {
  /** Whether this process is to serve the page; without locks that is not known until it does. */
  readonly isElected: boolean
  close(): Promise<void>
}

/** Short, so that the page is back within two seconds of its exposer's death, thread start included. */
const ATTEMPT_INTERVAL_MS = 500
/** What is wrong in a file, refused by the system or by Node, is mended by a person; each attempt starts a thread. */
const MENDED_INTERVAL_MS = 5_000
/** What is wrong with the address or the files, not with the process. */
const SAME_FOR_ALL: ReadonlySet<string | undefined> = new Set([
  'EACCES',
  'EADDRINUSE',
  'EADDRNOTAVAIL',
  CONFIGURATION_INVALID,
])

/**
 * Stands for election: of all processes that contend for a directory, the one that gets the lock runs the
 * exposer, and when it dies another one gets it. Never throws and keeps nothing alive. While the port is busy the
 * elected process says so once and goes on trying.
 */
export function contendForExposer(options: ContenderOptions): ExposerContender {
  const contender = new Contender(options)
  contender.attempt()
  return contender
}

class Contender implements ExposerContender {
  readonly #options: ContenderOptions
  readonly #warn: (line: string) => void
  readonly #libc: Libc | undefined
  readonly #timer: NodeJS.Timeout
  #lock: HeldLock | undefined
  #exposer: Promise<Exposer> | undefined
  #warnedOf = ''
  #closed = false
  #notBefore = 0
  #stopWaiting: () => void = () => {}

  constructor(options: ContenderOptions) {
    this.#options = options
    this.#warn = options.warn ?? warnByDiag
    this.#libc = libcIfThere()
    this.#timer = setInterval(() => this.attempt(), ATTEMPT_INTERVAL_MS).unref()
  }

  get isElected(): boolean {
    return this.#lock !== undefined
  }

  /** Without locks the port itself is the lock: one process can listen on it. */
  attempt(): void {
    if (this.#exposer !== undefined || this.#closed || performance.now() < this.#notBefore) return
    let options: ExposeOptions
    try {
      options = withDefaults(this.#options)
      if (this.#libc !== undefined)
        this.#lock ??= tryLock(this.#libc, join(this.#options.directory, EXPOSER_LOCK))
      if (this.#libc !== undefined && this.#lock === undefined) return
    } catch (error) {
      // An option makes no sense; or the directory is unusable, which the provider has said too.
      const why = (error as Error).message
      return this.#warnOnce(why, `the page can't be served: ${why}`)
    }
    this.#exposer = this.#start(options)
    this.#exposer.then(
      exposer => this.#listening(exposer),
      error => this.#failed(error),
    )
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#stopWaiting()
    clearInterval(this.#timer)
    const exposer = await this.#exposer?.catch(() => undefined)
    await exposer?.close()
    this.#lock?.release()
    this.#lock = undefined
  }

  /** A thread may be refused at once, by Node's permissions or by a limit of the system's: that rejects, too. */
  async #start(options: ExposeOptions): Promise<Exposer> {
    const { ready } = this.#options
    if (ready !== undefined) {
      const closed = new Promise<void>(resolve => {
        this.#stopWaiting = resolve
      })
      await Promise.race([ready, closed])
    }
    if (this.#closed) throw new Error('closed before it was started')
    return startThread(options, { warn: this.#warn, onEnd: () => this.#standDown() }).listening
  }

  #listening(exposer: Exposer): void {
    this.#warnedOf = ''
    this.#options.onListening?.(exposer.url)
  }

  /** Holds on to the lock where whoever else tried would find the same; else another process may do better. */
  #failed(error: NodeJS.ErrnoException): void {
    this.#exposer = undefined
    if (this.#closed) return
    const options = withDefaults(this.#options)
    const { code } = error
    const busy = code === 'EADDRINUSE'
    if (busy && this.#libc === undefined) return
    const isPortBusy = busy && socketPathOf(options.host) === undefined
    const why = isPortBusy ? 'the port is in use' : error.message
    const mend = isPortBusy ? ' Set OTEL_EXPORTER_PROMETHEUS_PORT to another one, or free it;' : ''
    if (!busy) this.#notBefore = performance.now() + MENDED_INTERVAL_MS
    if (!SAME_FOR_ALL.has(code)) this.#standDown()
    this.#warnOnce(
      why,
      `the page can't be served on ${describeAddress(options)}: ${why.replace(/\.$/, '')}${isPortBusy ? '.' : ';'}${mend} ` +
        'metrics are recorded meanwhile, and the page appears when it can.',
    )
  }

  /** The thread ended by itself; another process may do better. */
  #standDown(): void {
    this.#exposer = undefined
    this.#lock?.release()
    this.#lock = undefined
  }

  #warnOnce(about: string, line: string): void {
    if (this.#warnedOf === about) return
    this.#warnedOf = about
    this.#warn(line)
  }
}
