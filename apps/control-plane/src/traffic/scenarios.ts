import type { Disturbance } from './disturbances.ts'
import { crashWorker, healAll, slowDown } from './disturbances.ts'
import {
  cancel,
  create,
  createMalformed,
  exportAll,
  health,
  importSome,
  list,
  nowhere,
  type Plan,
  promote,
  read,
  readMalformed,
  readMissing,
  rollBack,
  unfurl,
} from './plans.ts'

export interface Scenario {
  /** The same round of requests again and again. */
  round: readonly Plan[]
  /** What the rate is multiplied by, so long after the start. */
  surge(elapsedMs: number): number
  /** What is done besides requests. */
  disturbances: readonly { everyMs: number; disturb: Disturbance }[]
}

/** Mostly reads, some changes, and some that get a 404 or a 400. */
const usual: Plan[] = [
  ...[create, read, list, read, create, read, readMissing, read, promote, createMalformed, read, create],
  ...[health, read, nowhere, read, list, readMalformed, create, read, cancel, unfurl, create, rollBack],
  ...[importSome, read, exportAll, unfurl],
]

const mostlyWrong: Plan[] = [
  ...[readMissing, createMalformed, readMalformed, nowhere, read, cancel, cancel, promote, create],
]

const steady: Scenario = { round: usual, surge: () => 1, disturbances: [] }

const surgeEveryMs = 20_000
const surgeMs = 5_000
const surgeFactor = 10

export const scenarios: Record<string, Scenario> = {
  steady,
  spike: { ...steady, surge: elapsedMs => (elapsedMs % surgeEveryMs < surgeMs ? surgeFactor : 1) },
  errors: { ...steady, round: mostlyWrong },
  'slow-connector': {
    ...steady,
    disturbances: [
      { everyMs: 15_000, disturb: slowDown },
      { everyMs: 20_000, disturb: healAll },
    ],
  },
  'worker-crash': { ...steady, disturbances: [{ everyMs: 5_000, disturb: crashWorker }] },
}

/** Throws one clear line if there is no such scenario. */
export function findScenario(name: string): Scenario {
  const scenario = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined
  if (scenario !== undefined) return scenario
  throw new Error(`There is no traffic scenario "${name}"; there are ${Object.keys(scenarios).join(', ')}.`)
}
