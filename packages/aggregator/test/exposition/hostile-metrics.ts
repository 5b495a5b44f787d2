import { type Attributes, type Meter, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AggregationType } from '@opentelemetry/sdk-metrics'
import fc from 'fast-check'
import { testProvider } from '../provider.ts'

const NUL = String.fromCharCode(0)
const HALF = String.fromCharCode(0xd800)
/** Texts that mean something in a page, or to somebody on the way to it. */
const TEXTS = [
  ...[
    '',
    ' ',
    '"',
    '\\',
    '\n',
    '\r',
    '\\n',
    '\\"',
    '"} 1\norders_total 9',
    "'",
    '{',
    '}',
    ',',
    '=',
    '#',
    '# EOF',
  ],
  ...[
    'é',
    '🎻',
    HALF,
    NUL,
    '\u2028',
    '\ufeff',
    '١',
    '1',
    'NaN',
    '+Inf',
    '__name__',
    ':',
    '.',
    '..',
    '_',
    '__',
  ],
]
const anyText = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', maxLength: 20 }))

/** Names that OpenTelemetry allows and that are, or become, those of samples of others. */
const NAMES = [
  ...['a', 'A', 'a_total', 'a.total', 'a_total_total', 'a_created', 'a_count', 'a.sum', 'a_bucket', 'a_info'],
  ...[
    'a_created_total',
    'a_seconds',
    'a_seconds_total',
    'a_ratio',
    'a_bytes_total',
    'total',
    'a__b',
    'a-b',
    'a/b',
  ],
  ...['a_', 'target_info', 'target.info', 'tutti_writers', 'tutti.writer.starts', 'x'.repeat(255), 'a.by.s'],
]
const UNITS = [
  ...[
    '',
    's',
    'ms',
    '1',
    '%',
    'By',
    'By/s',
    '{order}',
    '{a}{b}',
    '/',
    '//s',
    's/',
    '/s',
    'count',
    'total',
    'bucket',
  ],
  ...['sum', 'created', 'info', 'é', '"', '\\', '\n', ' ', '_', '🎻', 's}{', 'm/h', 'KiBy', 'ratio', '10'],
]
const KEYS = [
  ...['a.b', 'a_b', 'a__b', 'le', 'exported_le', 'quantile', 'job', 'instance', 'worker', 'tutti_definition'],
  ...['otel_scope_name', 'otel.scope.name', 'otel.metric.overflow', '__name__', 'exported___name__', '9'],
]
const VALUES = [0, -0, 1, 0.1, 5e-324, 1e-7, 2 ** 53, 1e21, 1e308, Number.NaN, Infinity, -Infinity]
const KINDS = ['counter', 'upDown', 'histogram', 'native', 'gauge', 'observed', 'observedSum'] as const

const attributes: fc.Arbitrary<Attributes> = fc.dictionary(
  fc.oneof(fc.constantFrom(...KEYS), anyText),
  fc.oneof(anyText, fc.constantFrom<Attributes[string]>(1, true, ['a', '"', 'é'], [1, 2])),
  { maxKeys: 4 },
)
const recorded = fc.record({
  kind: fc.constantFrom(...KINDS),
  scope: fc.constantFrom('', 'shop', '"\n\\', '🎻'),
  name: fc.constantFrom(...NAMES),
  unit: fc.constantFrom(...UNITS),
  description: anyText,
  values: fc.array(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 3 }),
  attributes,
})
type Recorded = typeof recorded extends fc.Arbitrary<infer Each> ? Each : never

/**
 * A directory with metrics that try to break out of a page: any text as attribute, resource, scope, description and,
 * by views, as name. A good thousand measurements, the same for the same seed.
 */
export function recordHostile(seed: number): { directory: string; warnings: string[] } {
  const renamed = fc.sample(anyText, { numRuns: 12, seed })
  const { provider, directory, warnings } = testProvider({
    resource: { attributes: Object.fromEntries(TEXTS.map((text, index) => [`${text}${index}`, text])) },
    views: [
      ...renamed.map((name, index) => ({ instrumentName: `renamed.${index}`, name })),
      { instrumentName: '*.native', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
    ],
    cardinalityLimit: 200,
  })
  for (const [index, name] of renamed.entries()) {
    if (name !== '') provider.getMeter('views').createCounter(`renamed.${index}`).add(1)
  }
  const all = fc.sample(recorded, { numRuns: 1_200, seed })
  for (const each of all) record(provider.getMeter(each.scope), each)
  provider.observe()
  return { directory, warnings }
}

const sampled = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  traceFlags: 1,
})

function record(meter: Meter, { kind, name, unit, description, values, attributes }: Recorded): void {
  const options = { unit, description }
  const measured = values.map(value => [value, attributes, sampled] as const)
  switch (kind) {
    case 'counter': {
      const counter = meter.createCounter(name, options)
      for (const each of measured) counter.add(...each)
      return
    }
    case 'upDown': {
      const counter = meter.createUpDownCounter(name, options)
      for (const [value, ...more] of measured) counter.add(-value, ...more)
      return
    }
    case 'histogram': {
      const advice = { explicitBucketBoundaries: [1e-7, 0.001, 0.1, 1, 1e6, 1e21, 1e22] }
      const histogram = meter.createHistogram(name, { ...options, advice })
      for (const each of measured) histogram.record(...each)
      return
    }
    case 'native': {
      const histogram = meter.createHistogram(`${name}.native`, options)
      for (const each of measured) histogram.record(...each)
      return
    }
    case 'gauge': {
      const gauge = meter.createGauge(name, options)
      for (const [value, ...more] of measured) gauge.record(-value, ...more)
      return
    }
    case 'observed':
      meter.createObservableGauge(name, options).addCallback(result => result.observe(values[0], attributes))
      return
    case 'observedSum':
      meter
        .createObservableCounter(name, options)
        .addCallback(result => result.observe(Math.abs(values[0]), attributes))
  }
}
