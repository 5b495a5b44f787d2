import { randomUUID } from 'node:crypto'

export interface PlannedRequest {
  method: 'GET' | 'POST'
  path: string
  /** What the request is named in the totals: its route, or its path where it has none. */
  route: string
  body?: unknown
}

type Plan = (knownIds: readonly string[]) => PlannedRequest

/** The same round of requests again and again: mostly reads, some changes, and some that get a 404 or a 400. */
export function* endlessMix(knownIds: readonly string[]): Generator<PlannedRequest, never> {
  for (let turn = 0; ; turn++) yield round[turn % round.length]!(knownIds)
}

const create: Plan = () => ({
  method: 'POST',
  path: '/deployments',
  route: 'POST /deployments',
  body: { service: pick(['checkout', 'search', 'billing', 'mail']), version: `1.${count(20)}.${count(10)}` },
})

const read: Plan = knownIds => ({
  method: 'GET',
  path: `/deployments/${pick(knownIds)}`,
  route: 'GET /deployments/:id',
})

const readMissing: Plan = () => read([randomUUID()])

const readMalformed: Plan = () => read(['not-an-id'])

const list: Plan = () => ({
  method: 'GET',
  path: `/deployments?limit=${1 + count(50)}`,
  route: 'GET /deployments',
})

const promote: Plan = knownIds => ({
  method: 'POST',
  path: `/deployments/${pick(knownIds)}/promote`,
  route: 'POST /deployments/:id/promote',
})

const createMalformed: Plan = () => ({ ...create([]), body: { service: 'checkout', rings: 'canary' } })

const health: Plan = () => ({ method: 'GET', path: '/healthz', route: 'GET /healthz' })

const nowhere: Plan = () => ({ method: 'GET', path: '/no-such-page', route: 'GET /no-such-page' })

const round: Plan[] = [
  create,
  read,
  list,
  read,
  create,
  read,
  readMissing,
  read,
  promote,
  createMalformed,
  read,
  create,
  health,
  read,
  nowhere,
  read,
  list,
  readMalformed,
  create,
  read,
]

// Without any known deployment yet, one that nobody has made stands in for it.
function pick(choices: readonly string[]): string {
  return choices[count(choices.length)] ?? randomUUID()
}

function count(below: number): number {
  return Math.floor(Math.random() * below)
}
