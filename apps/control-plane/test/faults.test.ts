import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { adminToken } from './ask.ts'
import { type Backend, startBackend } from './backend.ts'
import { readPage, type Sample, sum } from './page.ts'
import type { Running } from './process.ts'

interface Totals {
  sent: number
  answered: number
  answeredByStatus: Record<string, number>
}

let backend: Backend
let jobWorker: Running
const importedItems = 5_000

beforeAll(async () => {
  backend = await startBackend({
    CONTROL_PLANE_RING_SOAK_MS: '200',
    CONTROL_PLANE_BREAKER_RESET_MS: '500',
    CONTROL_PLANE_OUTSIDE_TIMEOUT_MS: '500',
    CONTROL_PLANE_CHECK_MS: '100',
  })
  jobWorker = await backend.start('job-worker')
})
afterAll(() => backend.stop())

// One story, told while requests go on: each part of it is what the next one starts from.
test('Redis dies, the database dies, a breaker trips, workers are killed in the middle of an import: nothing that was acknowledged is lost, and the metrics tell it', async () => {
  const traffic = await backend.start('traffic', { CONTROL_PLANE_TRAFFIC_RATE: '40' })
  const told = traffic.message('traffic')
  await wait(1_000)

  await backend.redis.off()
  await until(page => sum(page, 'cache_requests_total', { cache_result: 'failure' }) > 0)
  expect(sum(await read(), requests, { http_response_status_code: '503' })).toBe(0)
  await backend.redis.on()

  await backend.postgres.off()
  await until(page => sum(page, requests, { http_response_status_code: '503' }) > 5)
  await backend.postgres.on()
  // Not by asking the API: each request counts.
  await vi.waitFor(() => backend.rows.query('select'), { timeout: 20_000 })

  await backend.outside.fault('ci', { latencyMs: 2_000 })
  await until(page => breaker(page, 'open') === 1)
  await backend.outside.heal()
  await until(page => breaker(page, 'closed') === 1)

  const acknowledged = await importMany()
  await vi.waitFor(async () => expect(await processedOf(acknowledged)).toBeGreaterThan(100), {
    timeout: 20_000,
    interval: 20,
  })
  jobWorker.process.kill('SIGKILL')
  for (const pid of backend.api.workers.slice(0, 2)) process.kill(pid, 'SIGKILL')
  jobWorker = await backend.start('job-worker')
  await vi.waitFor(async () => expect(await processedOf(acknowledged)).toBe(importedItems), {
    timeout: 60_000,
  })

  traffic.process.kill('SIGUSR2')
  const totals = (await told).traffic as Totals
  await checkRows(totals)
  expect(await jobWorker.stop()).toBe(0)
  await checkCounters(totals)
}, 180_000)

const requests = 'http_server_request_duration_seconds_count'

/** Every 201 is a row. A request whose worker was killed may be one as well: nobody has heard of it. */
async function checkRows({ sent, answered, answeredByStatus }: Totals): Promise<void> {
  const created = await count('from deployment where import_id is null')
  const lost = sent - answered
  expect(answeredByStatus['201']).toBeGreaterThan(10)
  expect(created).toBeGreaterThanOrEqual(answeredByStatus['201']!)
  expect(created).toBeLessThanOrEqual(answeredByStatus['201']! + lost)
  const accepted = await count(`from (select from import_job union all select from export_job) as transfer`)
  // The one that this test has sent is not in the traffic's totals.
  expect(accepted - 1).toBeGreaterThanOrEqual(answeredByStatus['202']!)
  expect(accepted - 1).toBeLessThanOrEqual(answeredByStatus['202']! + lost)
  await vi.waitFor(
    async () =>
      expect(
        await count(
          `from (select status from import_job union all select status from export_job) as transfer
           where status <> 'done'`,
        ),
      ).toBe(0),
    { timeout: 30_000 },
  )
}

/** Nothing changes any more. Counters are rows, less what a process had in hand that was killed: one batch of an import, one request. */
async function checkCounters({ sent, answered }: Totals): Promise<void> {
  const killed = 3
  const page = await read()
  const created = await count('from deployment')
  const counted = sum(page, 'deployment_total', { action: 'create', outcome: 'success' })
  expect(counted).toBeLessThanOrEqual(created)
  expect(counted).toBeGreaterThanOrEqual(created - killed - 50)
  const processed = await count(`from deployment where import_id is not null`)
  expect([0, 50]).toContain(processed - sum(page, 'import_items_processed_total'))
  const promoted = sum(page, 'ring_promotion_total')
  // A job worker takes twenty at a time.
  expect(promoted).toBeLessThanOrEqual(await count('from ring_promotion'))
  expect(promoted).toBeGreaterThanOrEqual((await count('from ring_promotion')) - 20 - killed)

  const handled = sum(page, requests, { url_scheme: 'http' })
  // One is the import that this test has sent.
  expect(handled - 1).toBeGreaterThanOrEqual(answered - killed)
  expect(handled - 1).toBeLessThanOrEqual(sent)
}

async function importMany(): Promise<string> {
  const lines = Array.from({ length: importedItems }, (_, index) => `imported,1.0.${index}`)
  const response = await fetch(`${backend.url}/imports`, {
    method: 'POST',
    body: `service,version\n${lines.join('\n')}`,
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'text/csv' },
  })
  expect(response.status).toBe(202)
  return ((await response.json()) as { id: string }).id
}

/** Past the API, whose requests are counted. */
async function processedOf(id: string): Promise<number> {
  const { rows } = await backend.rows.query('select processed from import_job where id = $1', [id])
  return rows[0].processed
}

async function count(rest: string): Promise<number> {
  const { rows } = await backend.rows.query(`select count(*)::int as count ${rest}`)
  return rows[0].count
}

function breaker(page: Sample[], state: string): number {
  return sum(page, 'circuit_breaker_state', { connector: 'ci', state })
}

function read(): Promise<Sample[]> {
  return readPage(backend.metricsUrl)
}

async function until(holds: (page: Sample[]) => boolean): Promise<void> {
  await vi.waitFor(async () => expect(holds(await read())).toBe(true), { timeout: 30_000, interval: 100 })
}
