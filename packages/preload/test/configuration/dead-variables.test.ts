import { expect, test } from 'vitest'
import { describeDeadVariables, type Uses } from '../../src/configuration/dead-variables.ts'

const page: Uses = { otlp: false, push: false, signals: false }

test('what has an effect is not mentioned', () => {
  const env = {
    PATH: '/bin',
    OTEL_SERVICE_NAME: 'shop',
    OTEL_EXPORTER_PROMETHEUS_PORT: '1',
    TUTTI_DIR: '/d',
    TUTTI_INHERITED: '1',
    OTEL_PYTHON_LOG_LEVEL: 'info',
    OTEL_METRICS_EXPORTE: ' ',
  }
  expect(describeDeadVariables(env, page)).toBeUndefined()
})

test('a name that is nearly right is named with the right one, and its value is not said', () => {
  const env = { OTEL_METRIC_EXPORTER: 'secret', TUTTI_DIRS: '/d', OTEL_NONSENSE_ALTOGETHER: '1' }
  expect(describeDeadVariables(env, page)).toBe(
    'set, but without effect here: OTEL_METRIC_EXPORTER (did you mean OTEL_METRICS_EXPORTER?), ' +
      'TUTTI_DIRS (did you mean TUTTI_DIR?), OTEL_NONSENSE_ALTOGETHER. Unset them, or correct the name.',
  )
})

test("a collector's address without a push, and a push's interval, say what is missing", () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_METRIC_EXPORT_INTERVAL: '1000' }
  expect(describeDeadVariables(env, page)).toBe(
    'set, but without effect here: OTEL_EXPORTER_OTLP_ENDPOINT (nothing is pushed: set OTEL_METRICS_EXPORTER=otlp), ' +
      'OTEL_METRIC_EXPORT_INTERVAL (nothing is pushed: set OTEL_METRICS_EXPORTER=otlp). Unset them, or correct the name.',
  )
  expect(describeDeadVariables(env, { ...page, otlp: true, push: true })).toBeUndefined()
})

test("OpenTelemetry's variables for traces are alive with traces, dead without", () => {
  const env = { OTEL_TRACES_SAMPLER: 'always_on', OTEL_BSP_SCHEDULE_DELAY: '1' }
  expect(describeDeadVariables(env, { ...page, signals: true })).toBeUndefined()
  expect(describeDeadVariables({ OTEL_BSP_SCHEDULE_DELAY: '1' }, page)).toBe(
    'set, but without effect here: OTEL_BSP_SCHEDULE_DELAY (there are no traces and logs: set OTEL_TRACES_EXPORTER ' +
      'or OTEL_LOGS_EXPORTER). Unset it, or correct the name.',
  )
})
