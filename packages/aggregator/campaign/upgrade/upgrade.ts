import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as thisVersion from '@tutti/aggregator'
import type { Surroundings } from '../campaign.ts'
import { Crowd, type Life } from '../lives/crowd.ts'
import { happen } from '../lives/happenings.ts'
import { checkTruth } from '../lives/truth.ts'
import { Watch } from '../lives/watch.ts'
import { Random } from '../random.ts'
import { installNextVersion } from './install.ts'

export interface UpgradeOptions extends Surroundings {
  /** How many processes are killed, of both versions together. */
  readonly kills: number
  readonly said?: (line: string) => void
}

/** One version's writers, and who reads them. */
interface Side {
  readonly crowd: Crowd
  readonly exposer: thisVersion.Exposer
  readonly watch: Watch
  readonly anchor: Life
}

const CROWD = 3

/**
 * Writers of two layout versions come and go in one directory, each version with an exposer that folds, as in a
 * rolling deployment. Each page has exactly what its own version's processes noted, tells of the others, and never falls.
 * Returns how many were killed.
 */
export async function upgrade(options: UpgradeOptions): Promise<number> {
  const { directory, seed, kills, failed, said = () => {} } = options
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const random = new Random(seed)
  const next = installNextVersion(join(directory, 'next'))
  const nextVersion = (await import(next.url)) as typeof thisVersion
  const figures = { killed: 0, stops: 0, jumps: 0 }
  const sides: Side[] = []
  try {
    for (const [name, version, program] of [
      ['this', thisVersion, undefined],
      ['next', nextVersion, next.writer],
    ] as const) {
      const failedHere = (what: string) => failed(`seed ${seed}, ${name} version`, new Error(what))
      sides.push(
        await start({
          scene: join(directory, name),
          directory: join(directory, 'segments'),
          random,
          program,
          version,
          failed: failedHere,
        }),
      )
    }
    while (figures.killed < kills) {
      const { crowd, anchor } = random.pick(sides)
      const mortals = crowd.living.filter(life => life !== anchor)
      await happen(crowd, mortals, random, figures)
      await sleep(random.below(60))
    }
    for (const side of sides) await finish(side, what => failed(`seed ${seed}`, new Error(what)))
    said(
      `${figures.killed} processes of two versions killed, ${sides.map(side => side.watch.scrapes).join(' and ')} scrapes`,
    )
  } finally {
    for (const { crowd, exposer } of sides) {
      await crowd.endAll()
      await exposer.close()
    }
    rmSync(directory, { recursive: true, force: true })
  }
  return figures.killed
}

async function start(options: {
  scene: string
  directory: string
  random: Random
  program: string | undefined
  version: typeof thisVersion
  failed: (what: string) => void
}): Promise<Side> {
  const { scene, directory, random, program, version, failed } = options
  const crowd = new Crowd({
    scene,
    directory,
    random,
    exposes: false,
    ...(program === undefined ? {} : { program }),
  })
  const anchor = crowd.start()
  await new Promise(resolve => anchor.child.once('message', resolve))
  for (let each = 0; each < CROWD; each++) crowd.start()
  const exposer = await version.startExposer({ directory, port: 0, thread: true, warn: () => {} })
  return { crowd, exposer, anchor, watch: new Watch(() => exposer.url, failed) }
}

async function finish({ crowd, watch, anchor }: Side, failed: (what: string) => void): Promise<void> {
  const others = crowd.living.filter(life => life !== anchor)
  await Promise.all(others.map(life => crowd.end(life, 'SIGKILL')))
  const page = await watch.end()
  checkTruth(crowd, page, failed)
  // The other side's anchor at least.
  if (!(page.tutti_other_version_segments! >= 1))
    failed(`the page tells of ${page.tutti_other_version_segments} others`)
  for (const warning of crowd.warnings) failed(`a writer said: ${warning}`)
}
