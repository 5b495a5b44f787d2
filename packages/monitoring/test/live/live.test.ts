import { setTimeout as wait } from 'node:timers/promises'
import { notRun } from '@tutti/test-servers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask as askApi } from '../../../../apps/control-plane/test/ask.ts'
import { mayBeEmpty } from './may-be-empty.ts'
import { ask, type Sample } from './prometheus.ts'
import { panelQueries, ruleQueries } from './queries.ts'
import { type Stack, startStack, webhookToken } from './stack.ts'

const job = 'control-plane'
const requests = `http_server_request_duration_seconds_count{job="${job}"}`

interface Totals {
  sent: number
  answered: number
  answeredByStatus: Record<string, number>
}

let stack: Stack | undefined

beforeAll(async () => {
  stack = await startStack()
}, 120_000)
afterAll(() => stack?.stop(), 60_000)

// One story: each part of it is what the next one starts from.
test('the shipped dashboards show what the traffic did, and the shipped alerts fire, reach somebody and resolve', async () => {
  if (stack === undefined) {
    notRun(
      'dashboards and alerts against a real Prometheus and Alertmanager',
      'one of them could not be installed',
    )
    return
  }
  await stack.backend.start('job-worker')
  await addFeed(stack)
  await showsTraffic(stack)
  await firesAndResolves(stack)
  await answersEveryQuery(stack)
}, 300_000)

async function addFeed({ backend }: Stack): Promise<void> {
  await backend.outside.addToFeed('news', [{ id: '1', title: 'One', url: 'https://example.com/1' }])
  const feed = { name: 'news', url: `${backend.outside.url}/feeds/news`, intervalMs: 200 }
  // 409: it is there since the first try of this test.
  expect([201, 409]).toContain((await askApi(backend.url, '/feeds', feed)).status)
}

/** What Prometheus has is what the generator sent, to the request; shares on panels are the generator's. */
async function showsTraffic(stack: Stack): Promise<void> {
  const { sent, answered, answeredByStatus } = await play(stack, 20_000)
  expect(answered).toBe(sent)
  expect(sent).toBeGreaterThan(300)
  // One more made the feed.
  await until(async () => expect(await firstValue(stack, `sum(${requests})`)).toBe(sent + 1))
  for (const [status, count] of Object.entries(answeredByStatus)) {
    const made = status === '201' ? 1 : 0
    const expr = `sum(${requests.replace('}', `, http_response_status_code="${status}"}`)})`
    expect([status, await firstValue(stack, expr)]).toEqual([status, count + made])
  }
  const shown = await panel(stack, 'api-performance / Status codes')
  const total = shown.reduce((sum, { value }) => sum + value, 0)
  for (const { labels, value } of shown) {
    const share = (answeredByStatus[labels.http_response_status_code!] ?? 0) / sent
    expect(Math.abs(value / total - share)).toBeLessThan(0.05)
  }
  expect(await firstValue(stack, `job:http_server_errors:ratio_rate5m{job="${job}"}`)).toBe(0)
  expect((await panel(stack, 'workers / Alive'))[0]!.value).toBe(6)
  const { rows } = await stack.backend.rows.query('select count(*)::int as count from deployment')
  const created = `sum(deployment_total{action="create", outcome="success"})`
  await until(async () => expect(await firstValue(stack, created)).toBe(rows[0].count))
}

const expected = [
  'ConnectorDown connector=ci',
  'ErrorBudgetBurn slo=feed.poll window=1h',
  'WorkersCrashLooping',
  'WorkerBlocked',
  'HttpErrorRateHigh',
  'DatabaseErrorsHigh',
  'CacheFailing',
]

async function firesAndResolves(stack: Stack): Promise<void> {
  const { backend, receiver } = stack
  const { outside } = backend
  await outside.fault('ci', { down: true })
  await outside.fault('feeds', { errorRate: 1 })
  await outside.fault('pages', { errorRate: 1 })
  // Before the workers are troubled: ci is to be told of these.
  for (let count = 0; count < 5; count++)
    await askApi(backend.url, '/deployments', { service: 'mail', version: `2.0.${count}` })
  await askApi(backend.url, '/unfurl', { url: `${outside.url}/pages/broken` })
  const [blocked, ...others] = backend.api.workers
  await killAll(stack, others)
  await killAll(stack, successors(stack))
  process.kill(blocked!, 'SIGSTOP')
  try {
    await until(
      async () => expect(heard(stack, 'firing')).toEqual(expect.arrayContaining(expected.slice(0, 4))),
      60_000,
    )
  } finally {
    process.kill(blocked!, 'SIGCONT')
  }

  await backend.postgres.off()
  await backend.redis.off()
  await play(stack, 20_000)
  await until(async () => expect(heard(stack, 'firing')).toEqual(expect.arrayContaining(expected)))
  await backend.postgres.on()
  await backend.redis.on()
  await outside.heal()
  await until(async () => expect(heard(stack, 'resolved')).toEqual(expect.arrayContaining(expected)), 90_000)

  expect([...receiver.authorizations]).toEqual([`Bearer ${webhookToken}`])
  expect(receiver.counts['/slack']).toBeGreaterThan(0)
  expect(receiver.counts['/pagerduty']).toBeGreaterThan(0)
  for (const { annotations, labels } of receiver.alerts)
    expect(annotations.runbook_url).toMatch(new RegExp(`/docs/runbooks/${labels.alertname}\\.md$`))
}

/** Each gets a successor. */
async function killAll({ backend }: Stack, pids: number[]): Promise<void> {
  const before = successors({ backend }).length
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(successors({ backend }).length).toBe(before + pids.length), 20_000)
}

function successors({ backend }: Pick<Stack, 'backend'>): number[] {
  return [...backend.api.output().matchAll(/; (\d+) takes its place/g)].map(([, pid]) => Number(pid))
}

/** Alerts that came to the webhook with that status, by name and by what tells them apart. */
function heard({ receiver }: Stack, status: string): string[] {
  const names = receiver.alerts
    .filter(alert => alert.status === status)
    .map(({ labels }) =>
      ['connector', 'slo', 'window'].reduce(
        (name, label) => (labels[label] ? `${name} ${label}=${labels[label]}` : name),
        labels.alertname!,
      ),
    )
  return [...new Set(names)]
}

/** All that happened lies within the range, so only what never happened is empty. */
async function answersEveryQuery({ prometheus, files }: Stack): Promise<void> {
  const queries = [...panelQueries(files, job, '10m'), ...ruleQueries(files)]
  expect(queries.length).toBeGreaterThan(250)
  const answers = await Promise.all(
    queries.map(async each => ({ ...each, samples: await ask(prometheus.url, each.expr) })),
  )
  const empty = answers.filter(({ samples }) => samples.length === 0)
  expect(empty.filter(each => !mayBeEmpty(each)).map(({ name, expr }) => `${name}: ${expr}`)).toEqual([])
  // A reason that nothing needs any more would hide what breaks later.
  const needless = answers.filter(each => mayBeEmpty(each) && each.samples.length > 0)
  expect(needless.map(({ name, expr }) => `${name}: ${expr}`)).toEqual([])
}

async function panel({ prometheus, files }: Stack, name: string): Promise<Sample[]> {
  const found = panelQueries(files, job, '5m').filter(each => each.name === name)
  expect(found).toHaveLength(1)
  return ask(prometheus.url, found[0]!.expr)
}

async function firstValue({ prometheus }: Stack, expr: string): Promise<number | undefined> {
  return (await ask(prometheus.url, expr))[0]?.value
}

async function play({ backend }: Stack, durationMs: number): Promise<Totals> {
  const traffic = await backend.start('traffic', { CONTROL_PLANE_TRAFFIC_RATE: '40' })
  const told = traffic.message('traffic')
  await wait(durationMs)
  traffic.process.kill('SIGUSR2')
  return (await told).traffic as Totals
}

async function until(holds: () => Promise<void>, timeout = 30_000): Promise<void> {
  await vi.waitFor(holds, { timeout, interval: 250 })
}
