import type { Options } from '../options.ts'
import type { Peer } from '../peers.ts'
import { type Spread, spread } from '../statistics.ts'
import type { LoopUse } from './fleet.ts'
import { type Interference, measureInterference } from './interference.ts'
import { MeasuredFleet } from './measured-fleet.ts'
import { usualSize } from './series.ts'

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
  /** Scrapes of everybody that are not counted. */
  warmUps: number
  rounds: number
  figures: Partial<Record<Peer, ScrapeFigures>>
}

const contestants: Peer[] = ['tutti', 'prom-client', 'prometheus-io']

/** One fleet after the other, because three fleets at once would take each other's cores. */
export async function runScrape({ node, quick }: Options): Promise<ScrapeResult> {
  const plan = quick ? { warmUps: 1, rounds: 3 } : { warmUps: 6, rounds: 11 }
  const figures: ScrapeResult['figures'] = {}
  for (const peer of contestants) {
    const fleet = await MeasuredFleet.start(node, peer, usualSize)
    try {
      figures[peer] = await measureFleet(fleet, plan, quick)
    } finally {
      await fleet.stop()
    }
  }
  return { ...usualSize, ...plan, figures }
}

async function measureFleet(
  fleet: MeasuredFleet,
  { warmUps, rounds }: { warmUps: number; rounds: number },
  quick: boolean,
): Promise<ScrapeFigures> {
  await fleet.record()
  const residentBytes = await fleet.process.ask<number>('residentBytes')
  const first = await fleet.scrape()
  // A service is scraped for weeks: what is compiled by then is to be compiled here, too.
  for (let round = 0; round < warmUps; round++) {
    await fleet.record()
    await fleet.scrape()
  }
  const changed: number[] = []
  const unchanged: number[] = []
  const loopUses: LoopUse[] = []
  for (let round = 1; round <= rounds; round++) {
    await fleet.record()
    await fleet.process.ask('watchLoop')
    changed.push((await fleet.scrape()).ms)
    loopUses.push(await fleet.process.ask<LoopUse>('loopUse'))
  }
  for (let round = 1; round <= rounds; round++) unchanged.push((await fleet.scrape()).ms)
  const interference = await measureInterference(fleet.process, fleet.scraper, quick ? 1 : 3)

  return {
    firstMs: first.ms,
    changedMs: spread(changed),
    unchangedMs: spread(unchanged),
    loopUse: {
      busyMs: spread(loopUses.map(use => use.busyMs)).median,
      longestBlockMs: spread(loopUses.map(use => use.longestBlockMs)).median,
    },
    interference,
    grownBytes: (await fleet.process.ask<number>('residentBytes')) - residentBytes,
    pageBytes: first.page.length,
    failures: fleet.failures,
  }
}
