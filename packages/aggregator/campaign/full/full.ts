import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SharedMeterProvider, startExposer } from '@tutti/aggregator'
import { parsePlainly } from '../../test/page.ts'
import type { Surroundings } from '../campaign.ts'
import { Random } from '../random.ts'

export interface FullOptions extends Surroundings {
  /** How often the file system is filled and emptied again. */
  readonly rounds: number
  readonly said?: (line: string) => void
}

const WRITERS = 3
const RECORDS_A_STEP = 400

/**
 * Writers on a memory file system that is filled up by somebody else at random moments: while they join, grow, fold
 * and end. No call throws, and when there is room everything that was counted is on the page. Needs root for the
 * mount; without it nothing is done, and said. Returns how many rounds there were.
 */
export async function full({
  directory,
  seed,
  rounds,
  failed,
  said = () => {},
}: FullOptions): Promise<number> {
  let times = 0
  for (let round = 0; round < rounds; round++) {
    // A file system for each: what a writer has mapped takes room on the old one until it is collected.
    const folder = join(directory, String(round))
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder])
    if (mounted.status !== 0) {
      said('no full file system: mounting one needs root')
      rmSync(directory, { recursive: true, force: true })
      return 0
    }
    try {
      times += await playRound(folder, new Random(seed + round))
    } catch (error) {
      failed(`seed ${seed + round}`, error as Error)
    } finally {
      spawnSync('umount', ['-l', folder])
    }
  }
  said(`the file system was full ${times} times`)
  rmSync(directory, { recursive: true, force: true })
  return rounds
}

/** @returns how often it was full. */
async function playRound(folder: string, random: Random): Promise<number> {
  const directory = join(folder, 'segments')
  const filler = join(folder, 'filler')
  const options = { directory, warn: () => {}, cardinalityLimit: 50_000 }
  const anchor = new SharedMeterProvider(options)
  const exposer = await startExposer({ directory, port: 0, thread: true, warn: () => {} })
  const writers = Array.from({ length: WRITERS }, () => new SharedMeterProvider(options))
  const counters = writers.map(writer => writer.getMeter('full').createCounter('orders'))
  let counted = 0
  let times = 0
  for (let step = 0; step < 30; step++) {
    if (random.chance(0.3)) {
      fill(filler)
      times++
    } else if (random.chance(0.4)) rmSync(filler, { force: true })
    const text = 'x'.repeat(random.below(80))
    for (let each = 0; each < RECORDS_A_STEP; each++, counted++)
      random.pick(counters).add(1, { text, id: random.below(2_000) })
    if (random.chance(0.2)) for (const writer of writers) writer.observe()
    // Half a page would be wrong; none is what a full disk may give.
    if (random.chance(0.2)) expectNoMore(await scrape(exposer.url), counted)
  }
  rmSync(filler, { force: true })
  for (const [index, writer] of writers.entries()) {
    // The next record or observation finds that there is room.
    counters[index]!.add(1, { last: index })
    counted++
    writer.observe()
  }
  const living = await scrape(exposer.url)
  if (living !== counted)
    throw new Error(`${counted} were counted and ${living} are on the page of the living`)
  for (const writer of writers) await writer.shutdown()
  const dead = await scrape(exposer.url)
  if (dead !== counted) throw new Error(`${counted} were counted and ${dead} are on the page of the dead`)
  await exposer.close()
  await anchor.shutdown()
  return times
}

function fill(filler: string): void {
  const { bavail, bsize } = statfsSync(join(filler, '..'))
  try {
    writeFileSync(filler, Buffer.alloc(bavail * bsize), { flag: 'a' })
  } catch {
    // The writers took the rest meanwhile.
  }
}

async function scrape(url: string): Promise<number> {
  const response = await fetch(url)
  const text = await response.text()
  if (response.status !== 200) throw new Error(`the page was answered with ${response.status}: ${text}`)
  const orders = Object.entries(parsePlainly(text)).filter(([name]) => name.startsWith('orders_total'))
  return orders.reduce((sum, [, value]) => sum + value, 0)
}

function expectNoMore(onPage: number, counted: number): void {
  if (onPage > counted) throw new Error(`${counted} were counted and ${onPage} are on the page`)
}
