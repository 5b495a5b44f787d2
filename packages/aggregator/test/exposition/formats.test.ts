import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { findDebianTool, notRun } from '@tutti/test-servers'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderMetrics } from '../../src/exposition/render-metrics.ts'
import { STRATEGIES } from '../../src/exposition/strategy.ts'
import { testProvider } from '../provider.ts'

const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0'

/** Debian's python3-prometheus-client: the strict reference parser. Prints a line a family. */
const STRICT_PARSER = `
import sys
sys.path.insert(0, '/usr/lib/python3/dist-packages')
from prometheus_client.openmetrics.parser import text_string_to_metric_families
for family in text_string_to_metric_families(sys.stdin.buffer.read().decode()):
    print(family.name, family.type, len(family.samples))
`

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()))
afterAll(() => context.disable())

const sampled = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  traceFlags: 1,
})

function recordAdversarially() {
  const { meter, directory, provider } = testProvider({
    resource: { attributes: { 'service.name': 'a "quoted" \\ name\n', 'process.pid': 1 } },
    cardinalityLimit: 500,
  })
  const text = fc.string({ unit: 'binary', maxLength: 40 })
  const keys = fc.oneof(
    fc.string({ minLength: 1, maxLength: 10 }),
    fc.constantFrom('a.b', 'a_b', '1', 'le', 'é'),
  )
  for (const [index, attributes] of fc
    .sample(fc.dictionary(keys, text, { maxKeys: 4 }), { numRuns: 100, seed: 7 })
    .entries()) {
    meter
      .createCounter(`orders.${index % 3}`, {
        description: 'Line\nfeed, "quotes", \\ and é',
        unit: '{order}',
      })
      .add(index, attributes, sampled)
    meter.createHistogram('latency', { unit: 's' }).record(index * 3.3, attributes, sampled)
  }
  meter.createGauge('level', { unit: '1' }).record(-1e-300, {}, sampled)
  meter.createUpDownCounter('by/s.weird-unit', { unit: 'By/s' }).add(-5e20)
  meter.createCounter('sum_total').add(1e308)
  meter.createObservableGauge('depth', { unit: '%' }).addCallback(result => result.observe(0))
  provider.observe()
  return directory
}

test("Python's strict OpenMetrics parser reads every sample of an adversarial page", async testContext => {
  await findDebianTool('promtool', 'python3-prometheus-client')
  const parser = '/usr/lib/python3/dist-packages/prometheus_client/openmetrics/parser.py'
  if (!existsSync(parser)) {
    notRun(
      "Python's OpenMetrics parser",
      "Debian's python3-prometheus-client is not here and could not be installed",
    )
    return testContext.skip()
  }
  const directory = recordAdversarially()
  const { body, contentType } = await renderMetrics(directory, { accept: OPEN_METRICS })
  expect(contentType).toMatch(/^application\/openmetrics-text; version=1\.0\.0/)
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', STRICT_PARSER], {
    input: body,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  const counted = stdout
    .trim()
    .split('\n')
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
  expect(counted).toBe(
    body
      .toString()
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#')).length,
  )
  expect(stdout).toContain('orders_0 counter ')
  expect(stdout).toContain('latency_seconds histogram ')
})

test('OpenMetrics shows exemplars of counters and buckets, and ends in # EOF', async () => {
  const { meter, directory } = testProvider()
  meter.createCounter('orders').add(3, { country: 'ch' }, sampled)
  meter.createHistogram('latency', { advice: { explicitBucketBoundaries: [1] } }).record(0.5, {}, sampled)
  const page = (await renderMetrics(directory, { accept: OPEN_METRICS })).body.toString()
  const exemplar = `# {trace_id="${'a'.repeat(32)}",span_id="${'b'.repeat(16)}"}`
  expect(page).toMatch(
    new RegExp(`^orders_total\\{country="ch",otel_scope_name="test"\\} 3 ${exemplar} 3 \\d+(\\.\\d+)?$`, 'm'),
  )
  expect(page).toMatch(
    new RegExp(
      `^latency_bucket\\{otel_scope_name="test",le="1\\.0"\\} 1 ${exemplar} 0\\.5 \\d+(\\.\\d+)?$`,
      'm',
    ),
  )
  expect(page).toMatch(/^latency_bucket\{otel_scope_name="test",le="\+Inf"\} 1$/m)
  expect(page.endsWith('\n# EOF\n')).toBe(true)
})

test.each(STRATEGIES)(
  'with the strategy %s every format names the same things',
  async translationStrategy => {
    const { meter, directory } = testProvider()
    meter.createCounter('http.requests', { unit: 'By' }).add(1, { 'http.route': '/' })
    const expected = {
      UnderscoreEscapingWithSuffixes: 'http_requests_bytes_total{http_route="/",otel_scope_name="test"} 1',
      UnderscoreEscapingWithoutSuffixes: 'http_requests{http_route="/",otel_scope_name="test"} 1',
      NoUTF8EscapingWithSuffixes: '{"http.requests_bytes_total","http.route"="/",otel_scope_name="test"} 1',
      NoTranslation: '{"http.requests","http.route"="/",otel_scope_name="test"} 1',
    }[translationStrategy]
    const accept = 'text/plain; version=1.0.0; escaping=allow-utf-8'
    const page = (await renderMetrics(directory, { accept, translationStrategy })).body.toString()
    expect(page.split('\n')).toContain(expected)
  },
)

test('resource attributes that match stand on every sample', async () => {
  const resource = { attributes: { 'service.name': 'shop', 'deployment.environment.name': 'staging' } }
  const { meter, directory } = testProvider({ resource })
  meter.createCounter('orders').add(1)
  const { body } = await renderMetrics(directory, { constantLabels: /^deployment\./ })
  expect(body.toString().split('\n')).toContain(
    'orders_total{deployment_environment_name="staging",otel_scope_name="test"} 1',
  )
})
