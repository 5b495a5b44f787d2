import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, create } from './ask.ts'
import { type Backend, startBackend } from './backend.ts'
import { readPage, sum } from './page.ts'

let backend: Backend
let url: string

beforeAll(async () => {
  backend = await startBackend({ CONTROL_PLANE_CHECK_MS: '50', CONTROL_PLANE_BREAKER_RESET_MS: '400' })
  url = backend.url
  await backend.start('job-worker')
})
afterAll(() => backend.stop())

test('connectors are checked, and each one’s health is on the page', async () => {
  await vi.waitFor(async () => expect(await health()).toEqual({ ci: 1, chat: 1, registry: 1, ticketing: 1 }))
  await backend.outside.fault('registry', { down: true })
  await vi.waitFor(async () => expect(await health()).toEqual({ ci: 1, chat: 1, registry: 0, ticketing: 1 }))
  const { body } = await ask(url, '/connectors')
  expect(body.items.map(({ kind, healthy }: Record<string, unknown>) => [kind, healthy])).toEqual([
    ['chat', true],
    ['ci', true],
    ['registry', false],
    ['ticketing', true],
  ])
  await backend.outside.heal()
  await vi.waitFor(async () => expect((await health()).registry).toBe(1))
})

test('one that is disabled while it is down is missed by nobody, and checked again when it is enabled', async () => {
  const registry = { url: `${backend.outside.url}/registry` }
  const put = (enabled: boolean) => ask(url, '/connectors/registry', { ...registry, enabled }, 'PUT')
  await backend.outside.fault('registry', { down: true })
  await vi.waitFor(async () => expect((await health()).registry).toBe(0), { timeout: 20_000 })
  await put(false)
  await vi.waitFor(async () => expect((await health()).registry).toBe(1), { timeout: 20_000 })
  await put(true)
  await vi.waitFor(async () => expect((await health()).registry).toBe(0), { timeout: 20_000 })
  await backend.outside.heal()
  await vi.waitFor(async () => expect((await health()).registry).toBe(1), { timeout: 20_000 })
})

test('a breaker opens, holds deployments back without failing them, and closes again', async () => {
  await backend.outside.fault('ci', { errorRate: 1, status: 500 })
  const ids = await Promise.all(Array.from({ length: 8 }, () => create(url)))
  await vi.waitFor(async () => expect((await breaker()).open).toBe(1), { timeout: 10_000 })
  expect(await breaker()).toEqual({ closed: 0, open: 1, half_open: 0 })
  expect((await ask(url, `/deployments/${ids[0]}`)).body.status).toBe('queued')
  const { body } = await ask(url, `/deployments/${ids[0]}/gates`)
  expect(body.items[0]).toMatchObject({ ring: 'canary', verdict: 'unavailable' })
  await backend.outside.heal()
  await vi.waitFor(
    async () => {
      const { rows } = await backend.rows.query(`select from deployment where status = 'done'`)
      expect(rows.length).toBe(ids.length)
    },
    { timeout: 20_000 },
  )
  expect(await breaker()).toEqual({ closed: 1, open: 0, half_open: 0 })
  const page = await readPage(backend.metricsUrl)
  expect(sum(page, 'connector_call_total', { connector: 'ci', outcome: 'rejected' })).toBeGreaterThan(0)
  expect(sum(page, 'promotion_gate_evaluations_total', { verdict: 'pass' })).toBe(ids.length * 3)
  expect(sum(page, 'promotion_gate_evaluations_total', { verdict: 'fail' })).toBe(0)
})

test('an admin moves a connector elsewhere; addresses that are none are refused', async () => {
  const elsewhere = `${backend.outside.url}/chat`
  const moved = await ask(url, '/connectors/chat', { url: elsewhere, enabled: false }, 'PUT')
  expect(moved.body).toMatchObject({ kind: 'chat', url: elsewhere, enabled: false, healthy: null })
  expect((await ask(url, '/connectors/chat', { url: 'file:///etc/passwd' }, 'PUT')).status).toBe(400)
  expect((await ask(url, '/connectors/fax', { url: elsewhere }, 'PUT')).status).toBe(400)
})

async function health(): Promise<Record<string, number>> {
  const samples = (await readPage(backend.metricsUrl)).filter(({ name }) => name === 'connector_health')
  return Object.fromEntries(samples.map(({ labels, value }) => [labels.connector, value]))
}

async function breaker(): Promise<Record<string, number>> {
  const page = await readPage(backend.metricsUrl)
  const state = (name: string) => sum(page, 'circuit_breaker_state', { connector: 'ci', state: name })
  return { closed: state('closed'), open: state('open'), half_open: state('half_open') }
}
