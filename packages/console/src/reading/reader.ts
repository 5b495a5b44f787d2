import { parsePage } from '../page/parse-page.ts'
import type { WorkersAt } from '../rates/workers.ts'
import { AskError, ask } from './ask.ts'
import type { WorkerLife, WorkerList } from './worker-list.ts'

export interface ReaderEvents {
  /** A page, once a second. */
  onPage(reading: WorkersAt): void
  /** Who lives, twice a second: one that does not is to be seen within two. */
  onWorkers(workers: readonly WorkerLife[], timeMs: number): void
  /** Undefined: all is well again. */
  onTrouble(trouble: string | undefined): void
  /** How often the page is asked for now. */
  onInterval(intervalMs: number): void
}

const WORKERS_INTERVAL_MS = 500
const PAGE_INTERVAL_MS = 1_000
/** A page that takes long to read is asked for less often, so that reading it takes at most this part of the time. */
const READING_SHARE = 0.2
const SLOWEST_MS = 15_000
/** How often the page is asked for when the endpoint says that it is too often. */
const LIMITED_MS = 5_000

/** Asks the exposer while somebody looks: not while paused, nor while the page is hidden. */
export class Reader {
  readonly #events: ReaderEvents
  readonly #now: () => number
  #pagePath = ''
  #workers: readonly WorkerLife[] = []
  #isPaused = false
  #isAsking = { workers: false, page: false }
  #nextPageMs = 0
  #nextWorkersMs = 0
  #troubles: Record<'workers' | 'page', string | undefined> = { workers: undefined, page: undefined }

  constructor(events: ReaderEvents, now: () => number = () => performance.now()) {
    this.#events = events
    this.#now = now
  }

  start(): void {
    setInterval(() => this.#tick(), WORKERS_INTERVAL_MS / 5)
    document.addEventListener('visibilitychange', () => this.#tick())
    this.#tick()
  }

  set isPaused(isPaused: boolean) {
    this.#isPaused = isPaused
    this.#tick()
  }

  #tick(): void {
    if (this.#isPaused || document.visibilityState === 'hidden') return
    const nowMs = this.#now()
    if (nowMs >= this.#nextWorkersMs) this.#ask('workers', () => this.#askWorkers())
    if (nowMs >= this.#nextPageMs && this.#pagePath !== '') this.#ask('page', () => this.#askPage())
  }

  async #ask(what: 'workers' | 'page', asked: () => Promise<void>): Promise<void> {
    if (this.#isAsking[what]) return
    this.#isAsking[what] = true
    try {
      await asked()
      this.#troubles[what] = undefined
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      this.#troubles[what] = error.message
      const waitMs = error.status === 429 ? LIMITED_MS : PAGE_INTERVAL_MS
      this.#nextPageMs = this.#nextWorkersMs = this.#now() + waitMs
    } finally {
      this.#isAsking[what] = false
      this.#events.onTrouble(this.#troubles.workers ?? this.#troubles.page)
    }
  }

  async #askWorkers(): Promise<void> {
    this.#nextWorkersMs = this.#now() + WORKERS_INTERVAL_MS
    const response = await ask('/-/workers', 'application/json')
    const { page, workers } = (await response.json()) as WorkerList
    this.#workers = workers
    this.#events.onWorkers(workers, this.#now())
    if (this.#pagePath === '') this.#pagePath = page
  }

  async #askPage(): Promise<void> {
    const startMs = this.#now()
    this.#nextPageMs = startMs + PAGE_INTERVAL_MS
    const response = await ask(this.#pagePath, 'text/plain;version=0.0.4')
    const text = await response.text()
    const timeMs = this.#now()
    const page = parsePage(text)
    const writers = new Map(this.#workers.map(each => [each.worker, each]))
    this.#events.onPage({ timeMs, page, writers })
    const tookMs = this.#now() - timeMs
    const intervalMs = Math.min(SLOWEST_MS, Math.max(PAGE_INTERVAL_MS, Math.ceil(tookMs / READING_SHARE)))
    this.#nextPageMs = startMs + intervalMs
    this.#events.onInterval(intervalMs)
  }

  /** Where the metrics are, below the console's own place. */
  get pagePath(): string {
    return this.#pagePath
  }
}
