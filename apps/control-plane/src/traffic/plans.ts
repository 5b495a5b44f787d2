import { randomUUID } from 'node:crypto'

export interface PlannedRequest {
  method: 'GET' | 'POST'
  path: string
  /** What the request is named in the totals: its route, or its path where it has none. */
  route: string
  /** Sent as JSON. */
  body?: unknown
  /** Sent as CSV. */
  csv?: string
}

/** What plans can refer to. */
export interface Known {
  ids: readonly string[]
  /** Where the outside world is, if there is one. */
  outsideUrl: string | undefined
}

export type Plan = (known: Known) => PlannedRequest

export const create: Plan = () => ({
  method: 'POST',
  path: '/deployments',
  route: 'POST /deployments',
  body: { service: pick(['checkout', 'search', 'billing', 'mail']), version: `1.${count(20)}.${count(10)}` },
})

export const read: Plan = ({ ids }) => ({
  method: 'GET',
  path: `/deployments/${pick(ids)}`,
  route: 'GET /deployments/:id',
})

export const readMissing: Plan = known => read({ ...known, ids: [randomUUID()] })

export const readMalformed: Plan = known => read({ ...known, ids: ['not-an-id'] })

export const list: Plan = () => ({
  method: 'GET',
  path: `/deployments?limit=${1 + count(50)}`,
  route: 'GET /deployments',
})

export const promote: Plan = ({ ids }) => act(ids, 'promote')

export const cancel: Plan = ({ ids }) => act(ids, 'cancel')

export const rollBack: Plan = ({ ids }) => act(ids, 'roll-back')

export const createMalformed: Plan = () => ({
  ...{ method: 'POST', path: '/deployments', route: 'POST /deployments' },
  body: { service: 'checkout', rings: 'canary' },
})

export const importSome: Plan = () => ({
  ...{ method: 'POST', path: '/imports', route: 'POST /imports' },
  csv: `service,version\nimported,1.${count(100)}.0\nimported,2.${count(100)}.0\n,nothing\n`,
})

export const exportAll: Plan = () => ({
  ...{ method: 'POST', path: '/exports', route: 'POST /exports' },
  body: { format: pick(['csv', 'json']), status: 'cancelled' },
})

/** Without an outside world there is nothing behind the link. */
export const unfurl: Plan = ({ outsideUrl = 'http://127.0.0.1:9' }) => ({
  ...{ method: 'POST', path: '/unfurl', route: 'POST /unfurl' },
  body: { url: `${outsideUrl}/pages/page-${count(5)}` },
})

export const health: Plan = () => ({ method: 'GET', path: '/healthz', route: 'GET /healthz' })

export const nowhere: Plan = () => ({ method: 'GET', path: '/no-such-page', route: 'GET /no-such-page' })

function act(ids: readonly string[], action: string): PlannedRequest {
  return {
    method: 'POST',
    path: `/deployments/${pick(ids)}/${action}`,
    route: `POST /deployments/:id/${action}`,
  }
}

// Without any known deployment yet, one that nobody has made stands in for it.
function pick(choices: readonly string[]): string {
  return choices[count(choices.length)] ?? randomUUID()
}

function count(below: number): number {
  return Math.floor(Math.random() * below)
}
