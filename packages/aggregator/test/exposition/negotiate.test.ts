import { expect, test } from 'vitest'
import { acceptsGzip, negotiate } from '../../src/exposition/negotiate.ts'

const PROMETHEUS_2 =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'
const PROMETHEUS_2_NATIVE =
  'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'
const PROMETHEUS_3 =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.5,*/*;q=0.1'

test.each([
  [undefined, 'text', 'underscores'],
  ['', 'text', 'underscores'],
  ['*/*', 'text', 'underscores'],
  ['text/html', 'text', 'underscores'],
  ['nonsense;;;q=x', 'text', 'underscores'],
  [PROMETHEUS_2, 'openMetrics', 'underscores'],
  [PROMETHEUS_2_NATIVE, 'protobuf', 'underscores'],
  [PROMETHEUS_3, 'openMetrics', 'allow-utf-8'],
  ['text/plain;version=0.0.4;escaping=allow-utf-8', 'text', 'underscores'],
  ['text/plain;version=1.0.0;escaping=dots', 'text', 'dots'],
  ['application/openmetrics-text;version=2.0.0, text/plain;q=0.1', 'text', 'underscores'],
  ['application/openmetrics-text;q=0, text/plain;q=0.1', 'text', 'underscores'],
  ['application/vnd.google.protobuf;proto=other;encoding=delimited, text/plain;q=0.2', 'text', 'underscores'],
  ['text/plain;q=0.3, application/openmetrics-text;q=0.9', 'openMetrics', 'underscores'],
  [`${'text/html,'.repeat(10_000)}application/openmetrics-text`, 'text', 'underscores'],
])('%.60s is answered in %s, names by %s', (accept, kind, escaping) => {
  expect(negotiate(accept)).toMatchObject({ kind, escaping })
})

test('the content type says what the client may rely on', () => {
  expect(negotiate(undefined).contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(negotiate(PROMETHEUS_2).contentType).toBe(
    'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores',
  )
})

test.each([
  [undefined, false],
  ['', false],
  ['gzip', true],
  ['GZIP;Q=0.5', true],
  ['x-gzip', true],
  ['deflate, gzip;q=1.0, *;q=0.5', true],
  ['*', true],
  ['gzip;q=0', false],
  ['gzip;q=0, *', false],
  ['*;q=0', false],
  ['identity, gzip;q=0.5', false],
  ['identity;q=0.5, gzip', true],
  ['gzip;q=2', false],
  ['gzipped', false],
])('the encodings %j ask for gzip: %s', (header, expected) => {
  expect(acceptsGzip(header)).toBe(expected)
})
