import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'
import { afterEach, expect, test, vi } from 'vitest'
import { isExporter, isSuppressed } from '../../src/http/own-traffic.ts'

afterEach(() => void vi.restoreAllMocks())

test('what runs in a context that an exporter suppressed is its own traffic', () => {
  expect(isSuppressed()).toBe(false)
  // As `suppressTracing` of @opentelemetry/core marks it.
  const key = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING')
  vi.spyOn(context, 'active').mockReturnValue(ROOT_CONTEXT.setValue(key, true))
  expect(isSuppressed()).toBe(true)
})

test('an exporter is known by its user agent, also behind a name of the app', () => {
  expect(isExporter('OTel-OTLP-Exporter-JavaScript/0.300.0')).toBe(true)
  expect(isExporter('shop OTel-OTLP-Exporter-JavaScript/0.300.0')).toBe(true)
  expect(isExporter('node')).toBe(false)
  expect(isExporter(undefined)).toBe(false)
})
