import { setTimeout } from 'node:timers/promises'
import type { Options } from '../options.ts'
import type { Peer } from '../peers.ts'
import { type Child, startChild } from '../processes/child.ts'
import { type Spread, spread } from '../statistics.ts'
import type { LoopUse } from './fleet.ts'
import { type Interference, measureInterference } from './interference.ts'
import { checkPage } from './page.ts'
import { Scraper } from './scrape.ts'
import { addRound, type ExpectedSeries, emptyFleet, memberCount, seriesCount } from './series.ts'

interface ScrapeFigures {
  firstMs: number
  /** Every series of every process has changed since the scrape before. */
  changedMs: Spread
  /** Nothing has changed: what a cache is worth. */
  unchangedMs: Spread
  /** The first process' event loop during a changed scrape; medians. */
  loopUse: Pick<LoopUse, 'busyMs' | 'longestBlockMs'>
  interference: Interference
  /** What the first process' memory grew by, from before the first scrape to after the last. */
  grownBytes: number
  pageBytes: number
  /** What the scrapes that were answered with an error said; both rivals give up after five seconds. */
  failures: string[]
}

export interface ScrapeResult {
  members: number
  series: number
  rounds: number
  figures: Partial<Record<Peer, ScrapeFigures>>
}

const contestants: Peer[] = ['tutti', 'prom-client', 'prometheus-io']

/** One fleet after the other, because three fleets at once would take each other's cores. */
export async function runScrape({ node, quick }: Options): Promise<ScrapeResult> {
  const rounds = quick ? 3 : 9
  const figures: ScrapeResult['figures'] = {}
  for (const peer of contestants) {
    const file = new URL('./fleet.mjs', import.meta.url)
    const fleet = startChild({ node, file, args: [peer] })
    try {
      figures[peer] = await measureFleet(fleet, rounds, quick)
    } finally {
      await fleet.stop()
    }
  }
  return { members: memberCount, series: seriesCount, rounds, figures }
}

async function measureFleet(fleet: Child, rounds: number, quick: boolean): Promise<ScrapeFigures> {
  const scraper = new Scraper(await fleet.ask<string>('url'))
  const expected = emptyFleet()
  const failures: string[] = []
  const once = () => scrapeExactly(scraper, expected, failures)
  const record = async (round: number) => {
    await fleet.ask('record', round)
    addRound(expected, round)
  }

  await record(0)
  const residentBytes = await fleet.ask<number>('residentBytes')
  const first = await once()
  const changed: number[] = []
  const unchanged: number[] = []
  const loopUses: LoopUse[] = []
  for (let round = 1; round <= rounds; round++) {
    await record(round)
    await fleet.ask('watchLoop')
    changed.push((await once()).ms)
    loopUses.push(await fleet.ask<LoopUse>('loopUse'))
  }
  for (let round = 1; round <= rounds; round++) unchanged.push((await once()).ms)
  const interference = await measureInterference(fleet, scraper, quick ? 1 : 3)
  scraper.close()

  return {
    firstMs: first.ms,
    changedMs: spread(changed),
    unchangedMs: spread(unchanged),
    loopUse: {
      busyMs: spread(loopUses.map(use => use.busyMs)).median,
      longestBlockMs: spread(loopUses.map(use => use.longestBlockMs)).median,
    },
    interference,
    grownBytes: (await fleet.ask<number>('residentBytes')) - residentBytes,
    pageBytes: first.bytes,
    failures,
  }
}

/** A rival that gave up is still busy with that scrape's late answers; the next one waits, as a scraper's would. */
const pauseMs = 3000
const attempts = 8

/** Checking the page before has left garbage, which is not to be collected during the next scrape. */
const restMs = 200

/** A page that is not exactly right ends the benchmark. A scrape that a rival gives up on is noted and asked again. */
async function scrapeExactly(scraper: Scraper, expected: ExpectedSeries[], failures: string[]) {
  for (let attempt = 0; attempt < attempts; attempt++) {
    await setTimeout(restMs)
    const { ms, status, page } = await scraper.scrape()
    if (status === 200) {
      checkPage(page.toString(), expected)
      return { ms, bytes: page.length }
    }
    failures.push(`${(ms / 1000).toFixed(1)} s: ${page.toString().slice(0, 200)}`)
    await setTimeout(pauseMs)
  }
  throw new Error(`${attempts} scrapes in a row failed, the last after ${failures.at(-1)}`)
}
