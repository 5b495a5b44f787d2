import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  cache,
  counter,
  defineCatalog,
  gauge,
  health,
  histogram,
  job,
  objective,
  operation,
  pool,
  queue,
  ratio,
  stateSet,
} from '../../src/index.ts'
import { startTutti, type TuttiPage } from '../page.ts'

/** The control plane's own metrics, under the names that its dashboards expect. */
const metrics = defineCatalog(
  { name: 'control-plane' },
  {
    deployments: operation({
      name: 'deployment',
      description: 'Deployments.',
      labels: { ring: ['canary', 'all'] },
      outcomes: ['cancelled'],
      errorTypes: ['TimeoutError', 'other'],
      objective: { target: 0.99, latencySeconds: 10, ignore: ['cancelled'] },
    }),
    compliance: histogram({
      name: 'deployment.time_to_compliance',
      description: 'Until compliant.',
      unit: 's',
    }),
    promotions: counter({ name: 'ring.promotion', description: 'Promotions.' }),
    gates: ratio({ name: 'promotion.gate', description: 'Gates.', labels: { ring: ['canary', 'all'] } }),
    gateTable: ratio({ name: 'gate.table', description: 'Gates by the table.', across: 'last' }),
    breaker: stateSet({
      name: 'circuit_breaker.state',
      description: 'Breakers.',
      states: ['closed', 'open'],
    }),
    connectors: health({
      name: 'connector.health',
      description: 'Connectors.',
      labels: { connector: ['github', 'jira'] },
    }),
    connections: pool({ name: 'db.connection.pool', description: 'Connections.' }),
    polls: operation({
      name: 'feed.poll',
      description: 'Polls.',
      names: { total: 'feed.polls', errors: false },
    }),
    discovered: counter({ name: 'feed.items.discovered', description: 'Items.' }),
    feeds: gauge({ name: 'active.feeds', description: 'Feeds.' }),
    imports: job({
      name: 'import.job',
      description: 'Imports.',
      names: { total: 'import.jobs', processed: 'import.items.processed', failed: 'import.items.failed' },
    }),
    exports: operation({ name: 'export', description: 'Exports.', names: { total: 'export.operations' } }),
    unfurls: operation({ name: 'unfurl', description: 'Unfurls.', names: { total: 'unfurl.operations' } }),
    queue: queue({ name: 'job.queue', description: 'Jobs.', labels: { queue: ['import', 'export'] } }),
    cache: cache({ name: 'deployment.cache', description: 'Cache.' }),
    api: objective({ name: 'api', description: 'Requests.', target: 0.995, latencySeconds: 0.5 }),
  },
)

let page: TuttiPage

beforeAll(() => {
  page = startTutti()
})

afterAll(() => page.stop())

/** The samples of the page that begin so, as an object. */
async function samples(start: string): Promise<Record<string, number>> {
  const lines = (await page.lines()).filter(line => line.startsWith(start) && !line.includes('_bucket'))
  return Object.fromEntries(
    lines.map(line => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  )
}

test('an operation counts by outcome, times, and names errors, around async code', async () => {
  expect(await metrics.deployments.run({ ring: 'canary' }, async () => 42)).toBe(42)
  const error = Object.assign(new Error('late'), { name: 'TimeoutError' })
  await expect(metrics.deployments.run({ ring: 'canary' }, () => Promise.reject(error))).rejects.toBe(error)
  const found = await samples('deployment_')
  expect(found['deployment_total{outcome="success",ring="canary"}']).toBe(1)
  expect(found['deployment_total{outcome="failure",ring="canary"}']).toBe(1)
  expect(found['deployment_total{outcome="cancelled",ring="all"}']).toBe(0)
  expect(found['deployment_duration_seconds_count{outcome="success",ring="canary"}']).toBe(1)
  expect(found['deployment_errors_total{error_type="TimeoutError",ring="canary"}']).toBe(1)
  expect(found['deployment_in_flight{ring="canary"}']).toBe(0)
  expect(found['deployment_objective_good_total{ring="canary"}']).toBe(1)
  expect(found['deployment_objective_events_total{ring="canary"}']).toBe(2)
})

test('a run is in flight until it ends, ends once, and what is ignored is no event of the objective', async () => {
  const run = metrics.deployments.start({ ring: 'all' })
  expect((await samples('deployment_in_flight'))['deployment_in_flight{ring="all"}']).toBe(1)
  run.end('cancelled')
  run.succeed()
  run.fail(new Error('too late'))
  const found = await samples('deployment_')
  expect(found['deployment_in_flight{ring="all"}']).toBe(0)
  expect(found['deployment_total{outcome="cancelled",ring="all"}']).toBe(1)
  expect(found['deployment_total{outcome="success",ring="all"}']).toBe(0)
  expect(found['deployment_objective_events_total{ring="all"}']).toBe(0)
})

test('a function that is wrapped keeps its this, its name, its length and what it throws', async () => {
  const error = new Error('mine')
  const exporter = {
    factor: 2,
    double: metrics.exports.wrap(function double(this: { factor: number }, value: number) {
      if (value < 0) throw error
      return value * this.factor
    }),
  }
  expect(exporter.double(4)).toBe(8)
  expect(() => exporter.double(-1)).toThrow(error)
  expect([exporter.double.name, exporter.double.length]).toEqual(['double', 1])
  const found = await samples('export_')
  expect(found['export_operations_total{outcome="success"}']).toBe(1)
  expect(found['export_operations_total{outcome="failure"}']).toBe(1)
  expect(found['export_duration_seconds_count{outcome="failure"}']).toBe(1)
})

test('a callback ends the run that began when it was made', async () => {
  const results: unknown[] = []
  const done = metrics.unfurls.callback((error: Error | null, value?: string) => {
    results.push(error ?? value)
  })
  done(null, 'title')
  metrics.unfurls.callback((error: Error | null) => results.push(error))(new Error('no'))
  expect(results).toEqual(['title', expect.any(Error)])
  const found = await samples('unfurl_operations')
  expect(found).toEqual({
    'unfurl_operations_total{outcome="success"}': 1,
    'unfurl_operations_total{outcome="failure"}': 1,
  })
})

test('a run that leaves its block without a word has failed', async () => {
  metrics.polls.start()[Symbol.dispose]()
  await metrics.polls.start()[Symbol.asyncDispose]()
  const run = metrics.polls.start()
  run.succeed()
  run[Symbol.dispose]()
  expect(await samples('feed_polls')).toEqual({
    'feed_polls_total{outcome="success"}': 1,
    'feed_polls_total{outcome="failure"}': 2,
  })
  expect(await samples('feed_poll_errors')).toEqual({})
})

test('a rejection that nobody handles is still unhandled', async () => {
  const unhandled: unknown[] = []
  const listeners = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', error => unhandled.push(error))
  const error = new Error('nobody')
  metrics.exports.run(() => Promise.reject(error))
  await new Promise(resolve => setTimeout(resolve, 20))
  process.removeAllListeners('unhandledRejection')
  for (const listener of listeners) process.on('unhandledRejection', listener)
  expect(unhandled).toEqual([error])
})

test('a job counts runs and items, and says when it last succeeded', async () => {
  const beforeSeconds = Date.now() / 1_000
  await metrics.imports.run(async run => {
    run.processed(10)
    run.processed()
    run.failed(2)
  })
  const found = await samples('import_')
  expect(found['import_jobs_total{outcome="success"}']).toBe(1)
  expect(found['import_job_duration_seconds_count{outcome="success"}']).toBe(1)
  expect(found.import_items_processed_total).toBe(11)
  expect(found.import_items_failed_total).toBe(2)
  expect(found.import_job_last_success_timestamp_seconds).toBeGreaterThanOrEqual(beforeSeconds)
  expect(found.import_job_last_success_timestamp_seconds).toBeLessThanOrEqual(Date.now() / 1_000)
})

test('a state set is in one state at a time; what is no state changes nothing', async () => {
  metrics.breaker.set('closed')
  metrics.breaker.set('open')
  metrics.breaker.set('ajar' as never)
  expect(await samples('circuit_breaker_state')).toEqual({
    'circuit_breaker_state{state="closed"}': 0,
    'circuit_breaker_state{state="open"}': 1,
  })
})

test('health is 1 or 0, and a check passes on what it was told', async () => {
  metrics.connectors.set(true, { connector: 'github' })
  const error = new Error('down')
  await expect(metrics.connectors.check({ connector: 'jira' }, () => Promise.reject(error))).rejects.toBe(
    error,
  )
  expect(metrics.connectors.check({ connector: 'github' }, () => false)).toBe(false)
  const found = await samples('connector_health')
  expect(found['connector_health{connector="github"}']).toBe(0)
  expect(found['connector_health{connector="jira"}']).toBe(0)
  expect(found['connector_health_checks_total{connector="github",outcome="success"}']).toBe(1)
  expect(found['connector_health_checks_total{connector="github",outcome="failure"}']).toBe(1)
})

test('a pool and a queue are asked with every observation, also later', async () => {
  const stops = [
    metrics.connections.observe(() => ({ size: 4, idle: 1, waiting: 0 })),
    metrics.queue.observe({ queue: 'import' }, async () => ({ depth: 3, ageSeconds: 1.5 })),
    metrics.feeds.observe(() => 12),
  ]
  await samples('')
  const found = await samples('')
  for (const stop of stops) stop()
  expect(found.db_connection_pool_size).toBe(4)
  expect(found.db_connection_pool_idle).toBe(1)
  expect(found.db_connection_pool_max).toBeUndefined()
  expect(found['job_queue_depth{queue="import"}']).toBe(3)
  expect(found['job_queue_age_seconds{queue="import"}']).toBe(1.5)
  expect(found.active_feeds).toBe(12)
})

test('a cache tells hits, misses and errors by what its lookup gives', async () => {
  expect(metrics.cache.lookup(() => 'found')).toBe('found')
  expect(await metrics.cache.lookup(async () => null)).toBe(null)
  expect(() =>
    metrics.cache.lookup(() => {
      throw new Error('gone')
    }),
  ).toThrow('gone')
  metrics.cache.evicted(3)
  metrics.cache.set({ size: 9 })
  expect(await samples('deployment_cache')).toEqual({
    'deployment_cache_lookups_total{outcome="hit"}': 1,
    'deployment_cache_lookups_total{outcome="miss"}': 1,
    'deployment_cache_lookups_total{outcome="error"}': 1,
    deployment_cache_evictions_total: 3,
    deployment_cache_size: 9,
  })
})

test('a ratio is two counters that add up and a share to look at', async () => {
  for (const ok of [true, true, true, false]) metrics.gates[ok ? 'success' : 'failure']({ ring: 'canary' })
  const found = await samples('promotion_gate')
  expect(found['promotion_gate_events_total{outcome="success",ring="canary"}']).toBe(3)
  expect(found['promotion_gate_events_total{outcome="failure",ring="canary"}']).toBe(1)
  expect(found['promotion_gate_success_rate{ring="canary",worker="0"}']).toBe(0.75)
  metrics.gateTable.set({ good: 9, total: 12 })
  metrics.gateTable.set({ good: 0, total: 0 })
  expect((await samples('gate_table_success_rate')).gate_table_success_rate).toBe(0.75)
})

test('an objective counts events, and those that were good and in time', async () => {
  metrics.api.record({ ok: true, seconds: 0.2 })
  metrics.api.record({ ok: true, seconds: 0.6 })
  metrics.api.record({ ok: false, seconds: 0.1 })
  metrics.api.good()
  metrics.api.bad()
  expect(await samples('api_objective')).toEqual({
    api_objective_good_total: 2,
    api_objective_events_total: 5,
  })
})

test('every name that the control plane shall have can be had', async () => {
  metrics.promotions.add(1)
  metrics.compliance.record(90)
  metrics.discovered.add(1)
  const families = metrics
    .describe()
    .metrics.flatMap(({ instruments }) => instruments.map(each => each.prometheusName))
  for (const name of [
    ...['deployment_total', 'deployment_duration_seconds', 'deployment_time_to_compliance_seconds'],
    ...['ring_promotion_total', 'promotion_gate_success_rate', 'circuit_breaker_state', 'connector_health'],
    ...[
      'db_connection_pool_size',
      'feed_polls_total',
      'feed_poll_duration_seconds',
      'feed_items_discovered_total',
    ],
    ...['active_feeds', 'import_jobs_total', 'import_job_duration_seconds', 'import_items_processed_total'],
    ...['export_operations_total', 'export_duration_seconds', 'unfurl_operations_total'],
  ])
    expect(families).toContain(name)
  const onPage = new Set(
    (await page.lines()).map(line => line.replace(/[{ ].*/, '').replace(/_(bucket|sum|count)$/, '')),
  )
  const isUnset = (name: string) => ['db_connection_pool_max', 'import_job_errors_total'].includes(name)
  expect(families.filter(name => !onPage.has(name) && !isUnset(name))).toEqual([])
})
