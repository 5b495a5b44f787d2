import { spawnSync } from 'node:child_process'
import { findDebianTool, notRun } from '@tutti/test-servers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { create, promote } from '../ask.ts'
import { type Backend, startBackend } from '../backend.ts'
import { readPage, type Sample, sum, sumBy } from '../page.ts'

// The semantic conventions prescribe these, and promtool dislikes names like them.
const prescribedNames = [
  'db_client_connection_count',
  'process_thread_count',
  'process_unix_file_descriptor_count',
]

const requests = 'http_server_request_duration_seconds_count'

const lastRing = `from ring_promotion join deployment on deployment.id = deployment_id
  where ring = rings[cardinality(rings)]`

let backend: Backend

beforeAll(async () => {
  // Slow rings: promotions by hand get a chance between those by the job worker.
  backend = await startBackend({ CONTROL_PLANE_RING_SOAK_MS: '200' })
})
afterAll(() => backend.stop())

test('the page counts exactly the requests that the traffic sent, over all workers and by route', async () => {
  await backend.start('job-worker')
  // So many, and not so long: how fast it gets on is the machine's.
  const traffic = await backend.start('traffic', {
    CONTROL_PLANE_TRAFFIC_RATE: '100',
    CONTROL_PLANE_TRAFFIC_REQUESTS: '150',
  })
  const told = (await traffic.message('traffic')).traffic as Totals
  const { sent, answered, sentByRoute, answeredByStatus } = told
  expect([sent, answered]).toEqual([150, 150])
  const page = await pageWhere(samples => sum(samples, requests) >= sent)
  expect(sum(page, requests)).toBe(sent)
  // A path without a route has no http.route: the page does not repeat what a client made up.
  const { 'GET /no-such-page': withoutRoute, ...withRoute } = sentByRoute
  expect(sumBy(page, requests, labels => `${labels.http_request_method} ${labels.http_route ?? ''}`)).toEqual(
    {
      ...withRoute,
      'GET ': withoutRoute,
    },
  )
  expect(sumBy(page, requests, labels => labels.http_response_status_code ?? '')).toEqual(answeredByStatus)
  expect(traffic.output()).toContain(`${sent} requests sent, ${sent} answered`)
})

test('business counters of the API and of the job worker meet on the page and agree with the rows', async () => {
  // The job worker may be faster than a promotion by hand: until one was.
  const byHand = () => count(`from ring_promotion where ring = 'pilot' and trigger = 'api'`)
  for (let attempt = 0; attempt < 100 && (attempt < 5 || (await byHand()) === 0); attempt++) {
    const id = await create(backend.url, ['pilot'])
    await promote(backend.url, id)
  }
  await vi.waitFor(
    async () => expect(await count(`from deployment where status in ('queued', 'rolling')`)).toBe(0),
    { timeout: 20_000 },
  )
  const created = await count('from deployment')
  // Also those that were rolled back afterwards: the row of a promotion stays.
  const completed = await count(lastRing)
  const page = await pageWhere(
    samples => sum(samples, 'deployment_time_to_compliance_seconds_count') >= completed,
  )

  expect(sum(page, 'deployment_total', { action: 'create', outcome: 'success' })).toBe(created)
  expect(sum(page, 'deployment_total', { action: 'complete', outcome: 'success' })).toBe(completed)
  expect(sum(page, 'deployment_total', { action: 'promote', outcome: 'success' })).toBe(
    await count('from ring_promotion'),
  )
  expect(sum(page, 'deployment_time_to_compliance_seconds_count')).toBe(completed)
  expect(sum(page, 'deployment_duration_seconds_count', { outcome: 'done' })).toBe(completed)
  expect(sum(page, 'deployment_duration_seconds_count', { outcome: 'rolled_back' })).toBe(
    await count(`from deployment where status = 'rolled_back'`),
  )
  const { rows: durations } = await backend.rows.query(
    `select sum(extract(epoch from promoted_at - started_at))::float8 as rolling,
       sum(extract(epoch from promoted_at - created_at))::float8 as compliance ${lastRing}`,
  )
  // The API reads times in whole milliseconds.
  const roundingSeconds = completed * 0.001
  for (const [name, seconds] of [
    ['deployment_duration_seconds_sum', durations[0].rolling],
    ['deployment_time_to_compliance_seconds_sum', durations[0].compliance],
  ]) {
    const difference =
      sum(page, name, name === 'deployment_duration_seconds_sum' ? { outcome: 'done' } : {}) - seconds
    expect(Math.abs(difference)).toBeLessThan(roundingSeconds)
  }

  const { rows: promotions } = await backend.rows.query(
    `select ring || ' by ' || trigger as key, count(*)::int as count from ring_promotion group by 1`,
  )
  const expected = Object.fromEntries(promotions.map(({ key, count }) => [key, count]))
  expect(expected['pilot by api']).toBeGreaterThan(0)
  expect(expected['broad by job']).toBeGreaterThan(0)
  expect(sumBy(page, 'ring_promotion_total', labels => `${labels.ring} by ${labels.trigger}`)).toEqual(
    expected,
  )
})

test('counters stay when the processes that counted are killed', async () => {
  const names = ['deployment_total', 'ring_promotion_total', 'deployment_duration_seconds_count', requests]
  const before = await readPage(backend.metricsUrl)
  for (const pid of backend.api.workers) process.kill(pid, 'SIGKILL')
  await vi.waitFor(
    () => expect(backend.api.output().match(/takes its place/g)?.length).toBe(backend.api.workers.length),
    { timeout: 10_000 },
  )
  const after = await readPage(backend.metricsUrl)
  for (const name of names) expect([name, sum(after, name)]).toEqual([name, sum(before, name)])
})

test('promtool accepts the page', async () => {
  const promtool = await findDebianTool('promtool', 'prometheus')
  if (!promtool) {
    notRun("promtool accepts the control plane's page", 'there is no promtool and it could not be installed')
    return
  }
  const page = await (await fetch(backend.metricsUrl)).text()
  const check = spawnSync(promtool, ['check', 'metrics'], { input: page, encoding: 'utf8' })
  // 1 would say that the page cannot be parsed, 3 that there are remarks on style.
  expect([0, 3]).toContain(check.status)
  const remarks = (check.stdout + check.stderr).split('\n').filter(Boolean)
  expect(remarks.filter(remark => !prescribedNames.includes(remark.split(' ')[0]!))).toEqual([])
})

interface Totals {
  sent: number
  answered: number
  sentByRoute: Record<string, number>
  answeredByStatus: Record<string, number>
}

async function count(rest: string): Promise<number> {
  const { rows } = await backend.rows.query(`select count(*)::int as count ${rest}`)
  return rows[0].count
}

/** The page once it is as wanted, or as it is after two seconds: the promise of the whole project. */
async function pageWhere(wanted: (samples: Sample[]) => boolean): Promise<Sample[]> {
  for (const untilMs = Date.now() + 2_000; ; ) {
    const page = await readPage(backend.metricsUrl)
    if (wanted(page) || Date.now() > untilMs) return page
  }
}
