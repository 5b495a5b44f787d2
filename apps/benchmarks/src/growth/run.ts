import { setTimeout } from 'node:timers/promises'
import type { Options } from '../options.ts'
import type { Peer } from '../peers.ts'
import { MeasuredFleet } from '../scrape/measured-fleet.ts'
import { type FleetSize, usualSize } from '../scrape/series.ts'
import { spread } from '../statistics.ts'

/** One size, medians. */
export interface GrowthPoint extends FleetSize {
  firstMs: number
  changedMs: number
  unchangedMs: number
  pageBytes: number
}

export interface HistoryPoint {
  /** How many processes have been killed and folded before. */
  dead: number
  changedMs: number
}

export interface GrowthResult {
  tutti: GrowthPoint[]
  rival: GrowthPoint[]
  history: HistoryPoint[]
}

export const rivalName: Peer = 'prometheus-io'

const { members: M, series: S } = usualSize
const sizes: Record<'tutti' | 'rival', FleetSize[]> = {
  tutti: [
    ...[1, 4, 64].map(members => ({ members, series: S })),
    ...[100, 1000, S, 20_000].map(series => ({ members: M, series })),
    { members: 64, series: 20_000 },
  ],
  rival: [
    ...[1, 4].map(members => ({ members, series: S })),
    ...[100, 1000, S].map(series => ({ members: M, series })),
  ],
}

/** How the cost of a scrape grows with processes, with series, and with the dead. */
export async function runGrowth({ node, quick }: Options): Promise<GrowthResult> {
  const measure = async (peer: Peer, all: FleetSize[]) => {
    const points: GrowthPoint[] = []
    for (const size of all) {
      const point = await measureSize(node, peer, size, quick ? 1 : 5)
      if (point !== undefined) points.push(point)
    }
    return points
  }
  return {
    tutti: await measure('tutti', sizes.tutti),
    rival: await measure(rivalName, sizes.rival),
    history: await measureHistory(node, quick),
  }
}

/** Nothing when a rival does not answer at all at that size; that ours does is what is measured. */
async function measureSize(
  node: string,
  peer: Peer,
  size: FleetSize,
  rounds: number,
): Promise<GrowthPoint | undefined> {
  const fleet = await MeasuredFleet.start(node, peer, size)
  try {
    await fleet.record()
    const first = await fleet.scrape()
    const changed: number[] = []
    const unchanged: number[] = []
    for (let round = 0; round < rounds; round++) {
      await fleet.record()
      changed.push((await fleet.scrape()).ms)
      unchanged.push((await fleet.scrape()).ms)
    }
    return {
      ...size,
      firstMs: first.ms,
      changedMs: spread(changed).median,
      unchangedMs: spread(unchanged).median,
      pageBytes: first.page.length,
    }
  } catch (error) {
    if (peer === 'tutti') throw error
    process.stderr.write(`${peer}, ${size.members} x ${size.series}: ${(error as Error).message}\n`)
    return undefined
  } finally {
    await fleet.stop()
  }
}

const historySize: FleetSize = { members: 8, series: 1000 }
const generations = [0, 1, 8, 32]
/** Who folds looks every second. */
const foldMs = 2500

/** Eight processes live; between two figures others before them have been killed and folded. */
async function measureHistory(node: string, quick: boolean): Promise<HistoryPoint[]> {
  const fleet = await MeasuredFleet.start(node, 'tutti', historySize)
  const points: HistoryPoint[] = []
  try {
    await fleet.record()
    let renewed = 0
    for (const generation of quick ? generations.slice(0, 2) : generations) {
      for (; renewed < generation; renewed++) {
        await fleet.renew()
        await fleet.record()
      }
      await setTimeout(foldMs)
      await fleet.scrape()
      const changed: number[] = []
      for (let round = 0; round < 5; round++) {
        await fleet.record()
        changed.push((await fleet.scrape()).ms)
      }
      points.push({ dead: generation * historySize.members, changedMs: spread(changed).median })
    }
    return points
  } finally {
    await fleet.stop()
  }
}
