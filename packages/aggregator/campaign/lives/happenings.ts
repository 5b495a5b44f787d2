import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../random.ts'
import { setClock } from './clocks.ts'
import type { Crowd, Life } from './crowd.ts'

export interface Figures {
  killed: number
  stops: number
  jumps: number
}

type Happening = (crowd: Crowd, mortals: readonly Life[], random: Random, figures: Figures) => Promise<void>

/** What may happen next, and how often it does in a hundred times. */
const HAPPENINGS: readonly (readonly [number, Happening])[] = [
  [60, killOne],
  [8, killSeveral],
  [12, stopAndKill],
  [8, stopAndContinue],
  [6, endOne],
  [6, setClocks],
]

export async function happen(...told: Parameters<Happening>): Promise<void> {
  const [, , random] = told
  const bag = HAPPENINGS.flatMap(([times, happening]) => Array.from({ length: times }, () => happening))
  const happening = random.pick(bag)
  await happening(...told)
}

/** At any moment: while it is being loaded, joins, counts, folds, serves or is elected. */
async function killOne(
  crowd: Crowd,
  mortals: readonly Life[],
  random: Random,
  figures: Figures,
): Promise<void> {
  const pid = await crowd.end(random.pick(mortals), 'SIGKILL')
  figures.killed++
  crowd.start(random.chance(0.5) ? pid : undefined)
}

async function killSeveral(
  crowd: Crowd,
  mortals: readonly Life[],
  random: Random,
  figures: Figures,
): Promise<void> {
  const several = mortals.filter(() => random.chance(0.5))
  await Promise.all(several.map(life => crowd.end(life, 'SIGKILL')))
  figures.killed += several.length
  for (const _life of several) crowd.start()
}

async function stopAndKill(
  crowd: Crowd,
  mortals: readonly Life[],
  random: Random,
  figures: Figures,
): Promise<void> {
  const life = await stopOne(mortals, random, figures, 300)
  await crowd.end(life, 'SIGKILL')
  figures.killed++
  crowd.start()
}

async function stopAndContinue(
  _crowd: Crowd,
  mortals: readonly Life[],
  random: Random,
  figures: Figures,
): Promise<void> {
  const life = await stopOne(mortals, random, figures, 1_500)
  life.child.kill('SIGCONT')
}

async function stopOne(
  mortals: readonly Life[],
  random: Random,
  figures: Figures,
  limitMs: number,
): Promise<Life> {
  const life = random.pick(mortals)
  life.child.kill('SIGSTOP')
  figures.stops++
  await sleep(random.below(limitMs))
  return life
}

async function endOne(crowd: Crowd, mortals: readonly Life[], random: Random): Promise<void> {
  await crowd.end(random.pick(mortals), 'SIGTERM')
  crowd.start()
}

async function setClocks(
  _crowd: Crowd,
  mortals: readonly Life[],
  random: Random,
  figures: Figures,
): Promise<void> {
  for (const { clock } of mortals) {
    if (clock === undefined) continue
    setClock(clock, random)
    figures.jumps++
  }
}
