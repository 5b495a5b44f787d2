import { Figures } from './figures/figures.ts'
import { WorkerRates } from './figures/worker-figures.ts'
import { History } from './history/history.ts'
import { single } from './page/find-family.ts'
import type { Page } from './page/page.ts'
import { Reader } from './reading/reader.ts'
import type { WorkerLife } from './reading/worker-list.ts'

export const WINDOWS_SECONDS = [60, 300, 900] as const

/** Everything that is shown, and who wants to know of news: page → figures → history → views. */
export class Live {
  readonly figures: Figures = new Figures()
  readonly history: History = new History()
  readonly workerRates: WorkerRates = new WorkerRates()
  readonly #reader: Reader
  readonly #listeners: Set<() => void> = new Set()
  workers: readonly WorkerLife[] = []
  page: Page = { families: [], problems: [] }
  /** Why there is nothing new. */
  trouble: string | undefined
  intervalMs = 1_000
  isPaused = false
  windowSeconds: number = WINDOWS_SECONDS[1]
  /** Of the last page, seconds since the epoch. */
  nowSeconds: number = Date.now() / 1_000
  hasPage = false

  constructor() {
    this.#reader = new Reader({
      onPage: reading => {
        this.page = reading.page
        this.hasPage = true
        this.nowSeconds = Date.now() / 1_000
        this.history.record(this.nowSeconds, this.figures.look(reading))
        this.#tell()
      },
      onWorkers: (workers, timeMs) => {
        this.workers = workers
        this.workerRates.look(workers, timeMs)
        this.#tell()
      },
      onTrouble: trouble => {
        if (trouble === this.trouble) return
        this.trouble = trouble
        this.#tell()
      },
      onInterval: intervalMs => {
        this.intervalMs = intervalMs
      },
    })
  }

  start(): void {
    this.#reader.start()
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  pause(isPaused: boolean): void {
    this.isPaused = isPaused
    this.#reader.isPaused = isPaused
    this.#tell()
  }

  show(windowSeconds: number): void {
    this.windowSeconds = windowSeconds
    this.#tell()
  }

  get pagePath(): string {
    return this.#reader.pagePath || '/metrics'
  }

  /** The service, as `target_info` names it. */
  get service(): string {
    const info = this.page.families.find(({ name }) => name === 'target_info')
    const labels = info?.samples[0]?.labels
    return labels?.get('service_name') ?? labels?.get('service.name') ?? ''
  }

  /** The only sample of a metric. */
  single(name: string): number {
    return single(this.page, name)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
