import { setTimeout as sleep } from 'node:timers/promises'
import { parsePlainly } from '../../test/page.ts'

/** Whoever is to serve may be stopped, or killed and its successor as well. */
const MOST_WITHOUT_PAGE_MS = 180_000

/** Scrapes whoever serves the page, all the time, and says what is wrong with what it gets. */
export class Watch {
  scrapes = 0
  readonly #address: () => string | undefined
  readonly #failed: (what: string) => void
  #last: Record<string, number> = {}
  #isOver = false
  readonly #watching: Promise<void>

  /** @param address where the page is at the moment, if anywhere. */
  constructor(address: () => string | undefined, failed: (what: string) => void) {
    this.#address = address
    this.#failed = failed
    this.#watching = this.#watch()
  }

  /** @returns the samples of a last scrape. */
  async end(): Promise<Record<string, number>> {
    this.#isOver = true
    await this.#watching
    const end = performance.now() + MOST_WITHOUT_PAGE_MS
    while (performance.now() < end) {
      const page = await this.#scrape()
      // The last who died may not have been seen to be dead yet.
      if (page?.tutti_writers === 1) return page
      await sleep(100)
    }
    const page = await this.#scrape()
    throw new Error(
      `three minutes after everybody else had been killed the page had ${page?.tutti_writers} writers, not the one that lives`,
    )
  }

  async #watch(): Promise<void> {
    let lastPage = performance.now()
    while (!this.#isOver) {
      const page = await this.#scrape()
      if (page !== undefined) {
        this.#compare(page)
        lastPage = performance.now()
        this.scrapes++
      }
      if (performance.now() - lastPage > MOST_WITHOUT_PAGE_MS) {
        this.#failed(`no page for ${MOST_WITHOUT_PAGE_MS / 1_000} s`)
        lastPage = performance.now()
      }
      await sleep(20)
    }
  }

  #compare(page: Record<string, number>): void {
    for (const [name, value] of Object.entries(this.#last)) {
      if (!/^(operations|sizes)/.test(name)) continue
      if (!(page[name]! >= value)) this.#failed(`${name} was ${value} and is ${page[name]}`)
    }
    this.#last = page
  }

  /** Nothing when nobody serves at the moment. */
  async #scrape(): Promise<Record<string, number> | undefined> {
    const url = this.#address()
    if (url === undefined) return undefined
    let text: string
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
      text = await response.text()
      if (response.status !== 200) {
        this.#failed(`the page was answered with ${response.status}: ${text}`)
        return undefined
      }
    } catch {
      // Killed before or while it answered.
      return undefined
    }
    return parsePlainly(text)
  }
}
