import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { exposerAddress } from '@tutti/aggregator'
import type { Surroundings } from '../campaign.ts'
import { Random } from '../random.ts'
import { findFakeClock } from './clocks.ts'
import { Crowd } from './crowd.ts'
import { happen } from './happenings.ts'
import { checkTruth } from './truth.ts'
import { Watch } from './watch.ts'

export interface LivesOptions extends Surroundings {
  /** How many processes are killed. */
  readonly kills: number
  /** How many live at a time, beside one that lives through a whole scene. */
  readonly crowd: number
  readonly said?: (line: string) => void
}

/** Labels of all lives of a scene stay below the limit of series. */
const KILLS_A_SCENE = 250

/**
 * Processes that count and serve the page by turns, each killed, stopped, ended or given another time of day at any
 * moment, its successor often under its process id. No page may fall, and in the end each life has counted exactly
 * what it had noted. Returns how many were killed.
 */
export async function lives(options: LivesOptions): Promise<number> {
  const { directory, seed, kills, failed, said = () => {} } = options
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const clock = await findFakeClock()
  if ('unavailable' in clock) said(`no clock jumps: ${clock.unavailable}`)
  const figures = { killed: 0, lives: 0, scrapes: 0, stops: 0, jumps: 0, reusedPids: 0 }
  for (let scene = 0; figures.killed < kills; scene++) {
    const random = new Random(seed + scene)
    const folder = join(directory, String(scene))
    const crowd = new Crowd({
      ...{ scene: folder, directory: join(folder, 'segments'), random, exposes: true },
      ...('library' in clock ? { clockLibrary: clock.library } : {}),
    })
    const failedHere = (what: string) => failed(`seed ${seed}, scene ${scene}`, new Error(what))
    try {
      const limit = Math.min(KILLS_A_SCENE, kills - figures.killed)
      const watch = await play(crowd, { random, failed: failedHere, limit, size: options.crowd, figures })
      figures.scrapes += watch.scrapes
    } catch (error) {
      failed(`seed ${seed}, scene ${scene}`, error as Error)
    } finally {
      await crowd.endAll()
    }
    figures.lives += crowd.lives
    figures.reusedPids += crowd.reusedPids
    rmSync(folder, { recursive: true, force: true })
  }
  said(
    `${figures.killed} of ${figures.lives} processes killed, ${figures.stops} stopped in between, ${figures.jumps} ` +
      `clocks set, ${figures.reusedPids} process ids used again, ${figures.scrapes} scrapes`,
  )
  rmSync(directory, { recursive: true, force: true })
  return figures.killed
}

interface Play {
  readonly random: Random
  readonly failed: (what: string) => void
  readonly limit: number
  readonly size: number
  readonly figures: { killed: number; stops: number; jumps: number }
}

async function play(crowd: Crowd, { random, failed, limit, size, figures }: Play): Promise<Watch> {
  // While one lives the run goes on: without, the next would begin a new one.
  const anchor = crowd.start()
  await new Promise(resolve => anchor.child.once('message', resolve))
  for (let each = 0; each < size; each++) crowd.start()
  const watch = new Watch(() => exposerAddress(crowd.directory), failed)
  const end = figures.killed + limit
  while (figures.killed < end) {
    const mortals = crowd.living.filter(life => life !== anchor)
    await happen(crowd, mortals, random, figures)
    await sleep(random.below(60))
  }
  const others = crowd.living.filter(life => life !== anchor)
  await Promise.all(others.map(life => crowd.end(life, 'SIGKILL')))
  const page = await watch.end()
  checkTruth(crowd, page, failed)
  // What was killed while it was being born is removed a minute later.
  const left = readdirSync(crowd.directory).filter(name => name.endsWith('.segment'))
  if (left.length !== 1) failed(`left behind: ${left.join(', ')}`)
  for (const warning of crowd.warnings) {
    // On a machine with more to do than it can, the scraper is late itself.
    if (!warning.startsWith('a request of')) failed(`a writer said: ${warning}`)
  }
  return watch
}
