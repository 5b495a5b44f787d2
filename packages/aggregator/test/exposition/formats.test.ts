import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderMetrics } from '../../src/exposition/render-metrics.ts'
import { STRATEGIES } from '../../src/exposition/strategy.ts'
import { testProvider } from '../provider.ts'

const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0'

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()))
afterAll(() => context.disable())

const sampled = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  traceFlags: 1,
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
