import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, create, promote } from './ask.ts'
import { type Backend, startBackend } from './backend.ts'
import { readPage, sum, sumBy } from './page.ts'

let backend: Backend
let url: string

beforeAll(async () => {
  backend = await startBackend()
  url = backend.url
})
afterAll(() => backend.stop())

test('cancels what goes on, rolls back what has begun, and refuses the rest', async () => {
  const queued = await create(url)
  const rolling = await create(url)
  await promote(url, rolling)
  const cancelled = await act(queued, 'cancel')
  expect([cancelled.status, cancelled.body.status, cancelled.body.ring]).toEqual([200, 'cancelled', null])
  expect((await act(queued, 'cancel')).body.detail).toBe('The deployment is cancelled.')
  expect((await act(queued, 'cancel')).status).toBe(409)
  expect((await act(queued, 'roll-back')).status).toBe(409)
  const rolledBack = await act(rolling, 'roll-back')
  expect([rolledBack.status, rolledBack.body.status, rolledBack.body.ring]).toEqual([
    200,
    'rolled_back',
    null,
  ])
  expect((await act(rolling, 'promote')).status).toBe(409)
  expect((await act(crypto.randomUUID(), 'cancel')).status).toBe(404)
  expect(sumBy(await readPage(backend.metricsUrl), 'deployment_total', keyOf)).toMatchObject({
    'create success': 2,
    'promote success': 1,
    'promote conflict': 1,
    'cancel success': 1,
    'cancel conflict': 2,
    'cancel not_found': 1,
    'roll_back success': 1,
    'roll_back conflict': 1,
    // Published before it ever happens, so that a rate over it is right from the first time on.
    'fail success': 0,
  })
})

test('a gate that says no holds a deployment back until it fails; the verdicts are rows and on the page', async () => {
  await backend.outside.gate('risky', { pass: false, reason: 'error budget spent' })
  await backend.start('job-worker')
  const risky = (await ask(url, '/deployments', { service: 'risky', version: '1' })).body.id
  const safe = await create(url)
  await vi.waitFor(
    async () => {
      expect((await ask(url, `/deployments/${risky}`)).body.status).toBe('failed')
      expect((await ask(url, `/deployments/${safe}`)).body.status).toBe('done')
    },
    { timeout: 10_000 },
  )
  const { body } = await ask(url, `/deployments/${risky}/gates`)
  expect(
    body.items.map(({ ring, verdict, reason }: Record<string, string>) => [ring, verdict, reason]),
  ).toEqual(Array.from({ length: 5 }, () => ['canary', 'fail', 'error budget spent']))
  const page = await readPage(backend.metricsUrl)
  expect(sumBy(page, 'promotion_gate_evaluations_total', ({ verdict }) => verdict!)).toEqual({
    pass: 3,
    fail: 5,
    unavailable: 0,
  })
  await vi.waitFor(async () =>
    expect(sum(await readPage(backend.metricsUrl), 'promotion_gate_success_rate')).toBe(3 / 8),
  )
  expect(sum(page, 'deployment_total', { action: 'fail', outcome: 'success' })).toBe(1)
  expect(sum(page, 'deployment_time_to_compliance_seconds_count')).toBe(1)
  const { rows } = await backend.rows.query(
    `select extract(epoch from finished_at - created_at)::float8 as seconds from deployment where id = $1`,
    [safe],
  )
  // The API reads times in whole milliseconds.
  expect(sum(page, 'deployment_time_to_compliance_seconds_sum')).toBeCloseTo(rows[0].seconds, 2)
})

test('a promotion by hand goes past the gate', async () => {
  await backend.outside.gate('forced', { pass: false, reason: 'frozen' })
  const id = (await ask(url, '/deployments', { service: 'forced', version: '1', rings: ['all'] })).body.id
  expect((await promote(url, id)).body.status).toBe('done')
})

test('outside systems are told of each end exactly once, however they misbehave', async () => {
  await backend.outside.fault('chat', { errorRate: 0.5, status: 503 })
  const ids = await Promise.all(Array.from({ length: 6 }, () => create(url, ['all'])))
  for (const id of ids) await act(id, 'cancel')
  await vi.waitFor(
    async () => {
      const { rows } = await backend.rows.query(`select from notification where status = 'pending'`)
      expect(rows.length).toBe(0)
    },
    { timeout: 20_000 },
  )
  await backend.outside.heal()
  for (const connector of ['chat', 'ticketing']) {
    const told = Object.values(await backend.outside.told(connector))
    const { rows } = await backend.rows.query(
      'select deployment_id as "deploymentId", event from notification where connector = $1',
      [connector],
    )
    expect(told.sort(byDeployment)).toEqual(rows.sort(byDeployment))
    const page = await readPage(backend.metricsUrl)
    expect(sum(page, 'notification_total', { connector, outcome: 'delivered' })).toBe(rows.length)
  }
})

function act(id: string, action: string): ReturnType<typeof ask> {
  return ask(url, `/deployments/${id}/${action}`, undefined, 'POST')
}

function keyOf({ action, outcome }: Record<string, string>): string {
  return `${action} ${outcome}`
}

function byDeployment(a: { deploymentId: string }, b: { deploymentId: string }): number {
  return a.deploymentId.localeCompare(b.deploymentId)
}
