import { setTimeout } from 'node:timers/promises'
import type { Peer } from '../peers.ts'
import { type Child, startChild } from '../processes/child.ts'
import { checkPage } from './page.ts'
import { type Scrape, Scraper } from './scrape.ts'
import { addRound, type ExpectedSeries, emptyFleet, type FleetSize } from './series.ts'

/** A rival that gave up is still busy with that scrape's late answers; the next one waits, as a scraper's would. */
const pauseMs = 3000
const attempts = 8

/** Checking the page before has left garbage, which is not to be collected during the next scrape. */
const restMs = 200

/** A peer's fleet and what its page must show: a page that is not exactly right ends the benchmark. */
export class MeasuredFleet {
  readonly process: Child
  readonly scraper: Scraper
  /** What the scrapes that were answered with an error said; both rivals give up after five seconds. */
  readonly failures: string[] = []
  readonly #size: FleetSize
  readonly #expected: ExpectedSeries[]
  #round = 0

  private constructor(process: Child, url: string, size: FleetSize) {
    this.process = process
    this.scraper = new Scraper(url)
    this.#size = size
    this.#expected = emptyFleet(size)
  }

  static async start(node: string, peer: Peer, size: FleetSize): Promise<MeasuredFleet> {
    const file = new URL('./fleet.mjs', import.meta.url)
    const process = startChild({ node, file, args: [peer, String(size.members), String(size.series)] })
    return new MeasuredFleet(process, await process.ask<string>('url'), size)
  }

  /** Every member records: the first time it makes all series, later it changes each of them. */
  async record(): Promise<void> {
    await this.process.ask('record', this.#round)
    addRound(this.#expected, this.#size.members, this.#round++)
  }

  /**
   * A scrape that a rival gives up on is noted and asked again.
   * @param asked headers that ask for another form of the page, which is then not checked.
   */
  async scrape(asked?: Record<string, string>): Promise<Scrape> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      await setTimeout(restMs)
      const scraped = await this.scraper.scrape(asked)
      if (scraped.status === 200) {
        if (asked === undefined) this.check(scraped.page)
        return scraped
      }
      this.failures.push(`${(scraped.ms / 1000).toFixed(1)} s: ${scraped.page.toString().slice(0, 200)}`)
      await setTimeout(pauseMs)
    }
    throw new Error(`${attempts} scrapes in a row failed, the last after ${this.failures.at(-1)}`)
  }

  /** Throws unless this page in text has everything that was recorded. */
  check(page: Buffer): void {
    checkPage(page.toString(), this.#expected)
  }

  /** All members are killed and as many others start: what the dead have recorded stays expected. */
  async renew(): Promise<void> {
    await this.process.ask('renew')
  }

  async stop(): Promise<void> {
    this.scraper.close()
    await this.process.stop()
  }
}
