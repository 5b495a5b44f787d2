import { setTimeout } from 'node:timers/promises'
import type { Child } from '../processes/child.ts'
import { type Spread, spread } from '../statistics.ts'
import type { LoopUse } from './fleet.ts'
import type { Scraper } from './scrape.ts'

export interface Interference {
  /** The event-loop delay of the first process, 99th percentile, while nobody scrapes. */
  quietP99Ms: Spread
  /** The same while it is scraped every second. */
  scrapedP99Ms: Spread
}

const WINDOW_SECONDS = 5

/**
 * What scrapes do to the app: its event-loop delay in windows with a scrape a second and in windows without, in turn,
 * so that the machine's mood is in both.
 */
export async function measureInterference(
  fleet: Child,
  scraper: Scraper,
  rounds: number,
): Promise<Interference> {
  const quiet: number[] = []
  const scraped: number[] = []
  for (let round = 0; round < rounds; round++) {
    quiet.push(await delayDuring(fleet, () => setTimeout(WINDOW_SECONDS * 1_000)))
    scraped.push(
      await delayDuring(fleet, async () => {
        for (let second = 0; second < WINDOW_SECONDS; second++) {
          await Promise.all([scraper.scrape(), setTimeout(1_000)])
        }
      }),
    )
  }
  return { quietP99Ms: spread(quiet), scrapedP99Ms: spread(scraped) }
}

async function delayDuring(fleet: Child, activity: () => Promise<unknown>): Promise<number> {
  await fleet.ask('watchLoop')
  await activity()
  return (await fleet.ask<LoopUse>('loopUse')).p99Ms
}
