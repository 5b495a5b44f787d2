import { notRun } from '@tutti/test-servers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { isPossiblyEmpty, mayBeEmpty } from './may-be-empty.ts'
import { dashboardsAreDrawn } from './pictured.ts'
import type { Sample } from './prometheus.ts'
import { panelQueries, ruleQueries } from './queries.ts'
import { webhookToken } from './shipped.ts'
import { type Stack, startStack } from './stack.ts'
import { paceAt, playCrashes, playOrdinary, playOutage, prepare, startTraffic, type Totals } from './story.ts'

const job = 'control-plane'
/** Ten seconds are five minutes; a campaign takes more time. */
const speed = Number(process.env.TUTTI_LIVE_SPEED || 30)
const slower = 30 / speed
const pace = paceAt(speed)
const requests = `http_server_request_duration_seconds_count{job="${job}"}`

let stack: Stack | undefined

// One story: each part of it is what the next one starts from.
test(
  'the shipped dashboards show what the traffic did, and the shipped alerts fire, reach somebody and resolve',
  async () => {
    // Not before the test: who tries again shall begin with a page without counts.
    stack = await startStack(speed)
    onTestFinished(() => stack?.stop(), 60_000)
    if (stack === undefined) {
      notRun(
        'dashboards and alerts against a real Prometheus and Alertmanager',
        'one of them, or node_exporter, could not be installed',
      )
      return
    }
    const startSeconds = Math.floor(Date.now() / 1_000)
    const jobWorker = await prepare(stack)
    const ordinary = await playOrdinary(stack, pace)
    await showsTraffic(stack, ordinary)
    const crashes = await playCrashes(stack, pace, jobWorker, () =>
      until(async () => expect(heard('firing')).toEqual(expect.arrayContaining(expected.slice(0, 4)))),
    )
    await showsCrashes(stack, ordinary, crashes)
    await playOutage(stack, pace, () =>
      until(async () => expect(heard('firing')).toEqual(expect.arrayContaining(expected))),
    )
    // Tables show what is asked for now.
    const calm = await startTraffic(stack, 'steady', 10)
    await until(async () => expect(heard('resolved')).toEqual(expect.arrayContaining(expected)), 120_000)
    reachedEverybody(stack)
    await until(() => answersEveryQuery(stack!))
    await dashboardsAreDrawn(stack.prometheus, startSeconds, slower)
    await calm.stop()
  },
  400_000 * slower,
)

/**
 * What Prometheus has is what the generator sent, to the request; shares on panels are the generator's. Everything is
 * asked again until it holds: a scrape has a third of a second here, and on a busy machine one is missed now and then,
 * which leaves nothing to show until the next.
 */
async function showsTraffic(running: Stack, { sent, answered, answeredByStatus }: Totals): Promise<void> {
  expect(answered).toBe(sent)
  expect(sent).toBeGreaterThan(500)
  // One more made the feed.
  await until(async () => expect(await firstValue(`sum(${requests})`)).toBe(sent + 1))
  for (const [status, count] of Object.entries(answeredByStatus)) {
    const made = status === '201' ? 1 : 0
    const expr = `sum(${requests.replace('}', `, http_response_status_code="${status}"}`)})`
    await until(async () => expect([status, await firstValue(expr)]).toEqual([status, count + made]))
  }
  await until(async () => {
    // Over everything so far: what came first has no rate, since a series begins with it.
    const shown = await panel('api-performance / Status codes', '5m')
    expect(shown.length).toBeGreaterThan(1)
    const total = shown.reduce((sum, { value }) => sum + value, 0)
    for (const { labels, value } of shown) {
      const share = (answeredByStatus[labels.http_response_status_code!] ?? 0) / sent
      expect(Math.abs(value / total - share)).toBeLessThan(0.05)
    }
  })
  await until(async () =>
    expect(await firstValue(`job:http_server_errors:ratio_rate5m{job="${job}"}`)).toBe(0),
  )
  // The primary, four workers and two job workers.
  await until(async () => expect((await panel('workers / Alive', '5m'))[0]?.value).toBe(7))
  const { rows } = await running.backend.rows.query('select count(*)::int as count from deployment')
  const created = `sum(deployment_total{action="create", outcome="success"})`
  await until(async () => expect(await firstValue(created)).toBe(rows[0].count))
}

/** No count went with those that were killed, and each death is counted. */
async function showsCrashes(running: Stack, ordinary: Totals, crashes: Totals): Promise<void> {
  const killed = crashes.disturbances['killed a worker']!
  expect(killed).toBeGreaterThan(3)
  await until(async () => expect(await firstValue('sum(tutti_writer_deaths_total)')).toBe(killed))
  await until(async () => expect((await panel('workers / Alive', '5m'))[0]?.value).toBe(7))
  const counted = (await scraped(`sum(${requests})`)) - ordinary.sent - 1
  // Those that a worker had in hand have no answer; and before each kill one asks which process answers.
  expect(counted).toBeGreaterThanOrEqual(crashes.answered)
  expect(counted).toBeLessThanOrEqual(crashes.sent + killed + 2)
  expect(running.backend.api.output()).toContain('takes its place')
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

/** Alerts that came to the webhook with that status, by name and by what tells them apart. */
function heard(status: string): string[] {
  const names = stack!.receiver.alerts
    .filter(alert => alert.status === status)
    .map(({ labels }) =>
      ['connector', 'slo', 'window'].reduce(
        (name, label) => (labels[label] ? `${name} ${label}=${labels[label]}` : name),
        labels.alertname!,
      ),
    )
  return [...new Set(names)]
}

function reachedEverybody({ receiver }: Stack): void {
  expect([...receiver.authorizations]).toEqual([`Bearer ${webhookToken}`])
  expect(receiver.counts['/slack']).toBeGreaterThan(0)
  expect(receiver.counts['/pagerduty']).toBeGreaterThan(0)
  for (const { annotations, labels } of receiver.alerts)
    expect(annotations.runbook_url).toMatch(new RegExp(`/docs/runbooks/${labels.alertname}\\.md$`))
}

/** All that happened lies within the range, so only what never happened is empty. */
async function answersEveryQuery({ prometheus }: Stack): Promise<void> {
  const queries = [...panelQueries(job, '10m'), ...ruleQueries()]
  expect(queries.length).toBeGreaterThan(250)
  const answers = await Promise.all(
    queries.map(async each => ({ ...each, samples: await prometheus.ask(each.expr) })),
  )
  const empty = answers.filter(({ samples }) => samples.length === 0)
  const unexpected = empty.filter(each => !mayBeEmpty(each) && !isPossiblyEmpty(each))
  expect(unexpected.map(({ name, expr }) => `${name}: ${expr}`)).toEqual([])
  // A reason that nothing needs any more would hide what breaks later.
  const needless = answers.filter(each => mayBeEmpty(each) && each.samples.length > 0)
  expect(needless.map(({ name, expr }) => `${name}: ${expr}`)).toEqual([])
}

async function panel(name: string, range: string): Promise<Sample[]> {
  const found = panelQueries(job, range).filter(each => each.name === name)
  expect(found).toHaveLength(1)
  return stack!.prometheus.ask(found[0]!.expr)
}

async function firstValue(expr: string): Promise<number | undefined> {
  return (await stack!.prometheus.ask(expr))[0]?.value
}

/** Once it has a value: a scrape that a busy machine missed leaves none until the next one. */
async function scraped(expr: string): Promise<number> {
  return vi.waitFor(async () => (await firstValue(expr)) ?? Promise.reject(new Error(`no value: ${expr}`)), {
    timeout: 60_000,
    interval: 250,
  })
}

async function until(holds: () => Promise<void>, timeout = 60_000): Promise<void> {
  await vi.waitFor(holds, { timeout: timeout * slower, interval: 250 })
}
