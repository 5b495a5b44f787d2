import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Backend, startBackend } from './backend.ts'
import { readPage, type Sample, sum } from './page.ts'

const requests = 'http_server_request_duration_seconds_count'

interface Totals {
  sent: number
  answered: number
  sentByRoute: Record<string, number>
  answeredByStatus: Record<string, number>
  disturbances: Record<string, number>
}

let backend: Backend

beforeAll(async () => {
  backend = await startBackend()
  await backend.start('job-worker')
})
afterAll(() => backend.stop())

test('a spike sends ten times as much, and every request is on the page', async () => {
  const before = sum(await readPage(backend.metricsUrl), requests)
  const { sent, answered } = await play('spike', { CONTROL_PLANE_TRAFFIC_RATE: '10' }, 2_000)
  expect(answered).toBe(sent)
  // Ten a second would be twenty.
  expect(sent).toBeGreaterThan(40)
  await vi.waitFor(async () => expect(sum(await readPage(backend.metricsUrl), requests)).toBe(before + sent))
})

test('errors are mostly answered with 4xx, and counted as that', async () => {
  const before = await readPage(backend.metricsUrl)
  const { sent, answeredByStatus } = await play('errors', { CONTROL_PLANE_TRAFFIC_REQUESTS: '90' })
  expect(sent).toBe(90)
  // Of nine requests three are always wrong, one goes nowhere, and the first deployments to cancel are not there yet.
  expect(answeredByStatus['400']).toBe(20)
  expect(answeredByStatus['404']).toBeGreaterThanOrEqual(20)
  const after = await readPage(backend.metricsUrl)
  const labels = { http_response_status_code: '400' }
  expect(sum(after, requests, labels) - sum(before, requests, labels)).toBe(20)
})

test('a worker that crashes is said, replaced, and takes no count with it', async () => {
  const before = await readPage(backend.metricsUrl)
  const { sent, answered, disturbances } = await play(
    'worker-crash',
    { CONTROL_PLANE_TRAFFIC_RATE: '20' },
    6_000,
  )
  expect(disturbances).toEqual({ 'killed a worker': 1 })
  // What the worker had in hand when it was killed has no answer.
  expect(answered).toBeGreaterThanOrEqual(sent - 5)
  const counted = (page: Sample[], name: string) => sum(page, name) - sum(before, name)
  await vi.waitFor(async () => {
    const page = await readPage(backend.metricsUrl)
    expect(counted(page, 'tutti_writer_deaths_total')).toBe(1)
    // One more: the question which process answers.
    expect(counted(page, requests)).toBeGreaterThanOrEqual(answered)
    expect(counted(page, requests)).toBeLessThanOrEqual(sent + 1)
  })
}, 30_000)

test('says which scenarios there are', async () => {
  await expect(play('no-such', {})).rejects.toThrow(
    'There is no traffic scenario "no-such"; there are steady, spike, errors, slow-connector, worker-crash.',
  )
})

async function play(scenario: string, settings: NodeJS.ProcessEnv, stopAfterMs?: number): Promise<Totals> {
  const traffic = await backend.start('traffic', {
    CONTROL_PLANE_TRAFFIC_SCENARIO: scenario,
    CONTROL_PLANE_TRAFFIC_RATE: '100',
    ...settings,
  })
  const told = traffic.message('traffic')
  if (stopAfterMs !== undefined) setTimeout(() => traffic.process.kill('SIGUSR2'), stopAfterMs)
  return (await told).traffic as Totals
}
