import {
  AggregationType,
  createAllowListAttributesProcessor,
  InstrumentType,
} from '@opentelemetry/sdk-metrics'
import { expect, test } from 'vitest'
import { SharedMeterProvider } from '../../src/instrument/shared-meter-provider.ts'
import type { InstrumentKind } from '../../src/segment/stream.ts'
import { AGGREGATION_TYPE, aggregateBy } from '../../src/view/aggregation-option.ts'
import type { InstrumentDefinition } from '../../src/view/instrument.ts'
import { defineView } from '../../src/view/view.ts'
import { ViewError } from '../../src/view/view-error.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

function instrument(name: string, more: Partial<InstrumentDefinition> = {}): InstrumentDefinition {
  const scope = { name: 'shop', version: '1.2.0', schemaUrl: 'https://example.com/1' }
  const kind: InstrumentKind = 'COUNTER'
  return {
    scope,
    name,
    description: '',
    unit: 's',
    kind,
    integer: false,
    negative: false,
    boundaries: undefined,
    ...more,
  }
}

test.each([
  ['TUTTI_VIEW_SELECTS_NOTHING', {}],
  ['TUTTI_VIEW_SELECTS_NOTHING', { description: 'of everything' }],
  ['TUTTI_VIEW_SELECTS_NOTHING', { attributesProcessors: [createAllowListAttributesProcessor(['route'])] }],
  ['TUTTI_VIEW_NAMES_SEVERAL', { name: 'renamed', instrumentName: '*' }],
  ['TUTTI_VIEW_NAMES_SEVERAL', { name: 'renamed', instrumentName: 'http.?' }],
  ['TUTTI_VIEW_NAMES_SEVERAL', { name: 'renamed', instrumentType: InstrumentType.COUNTER }],
  ['TUTTI_VIEW_AGGREGATION_INVALID', { instrumentName: '*', aggregation: { type: 17 } }],
  ['TUTTI_VIEW_AGGREGATION_INVALID', { instrumentName: '*', aggregation: {} }],
  ['TUTTI_VIEW_AGGREGATION_INVALID', { instrumentName: '*', aggregation: { type: 4, options: {} } }],
  [
    'TUTTI_VIEW_AGGREGATION_INVALID',
    { instrumentName: '*', aggregation: { type: 4, options: { boundaries: [Number.NaN] } } },
  ],
  [
    'TUTTI_VIEW_AGGREGATION_INVALID',
    { instrumentName: '*', aggregation: { type: 5, options: { maxSize: 1 } } },
  ],
  ['TUTTI_VIEW_PROCESSOR_INVALID', { instrumentName: '*', attributesProcessors: [{}] }],
  ['TUTTI_VIEW_LIMIT_INVALID', { instrumentName: '*', aggregationCardinalityLimit: 0 }],
])('%s: the provider does not start with the view %j', (code, view) => {
  const directory = temporaryDirectory()
  const start = () => new SharedMeterProvider({ directory, views: [view as never] })
  expect(start).toThrow(expect.objectContaining({ name: 'ViewError', code }))
  expect(start).toThrow(ViewError)
})

test('aggregations are numbered as the SDK numbers them', () => {
  const { DEFAULT, DROP, SUM, LAST_VALUE, EXPLICIT_BUCKET_HISTOGRAM, EXPONENTIAL_HISTOGRAM } = AggregationType
  expect(Object.values(AGGREGATION_TYPE)).toEqual([
    DEFAULT,
    DROP,
    SUM,
    LAST_VALUE,
    EXPLICIT_BUCKET_HISTOGRAM,
    EXPONENTIAL_HISTOGRAM,
  ])
})

test('boundaries are sorted, each once, without the infinite ones', () => {
  const boundaries = [10, Number.POSITIVE_INFINITY, 1, 10, Number.NEGATIVE_INFINITY, 0.5]
  const option = { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries } } as const
  expect(aggregateBy(option)(instrument('a'))).toEqual({
    type: 'explicitBuckets',
    boundaries: [0.5, 1, 10],
    recordMinMax: true,
  })
  expect(boundaries).toHaveLength(6)
})

test('an exponential histogram has negative buckets for instruments that go below zero', () => {
  const aggregate = aggregateBy({ type: AggregationType.EXPONENTIAL_HISTOGRAM })
  expect(aggregate(instrument('a', { negative: true }))).toMatchObject({
    negative: true,
    maxSize: 160,
  })
  expect(aggregate(instrument('a'))).toMatchObject({ negative: false })
})

test.each([
  ['*', ['a', 'http.server.duration'], []],
  ['http.*', ['http.server', 'http.'], ['a.http.x', 'http', 'Http.server']],
  ['*.duration', ['http.duration', '.duration'], ['http.durations']],
  ['http.*.size.*', ['http.server.size.sent'], ['http.server.size']],
  ['queue-?', ['queue-1'], ['queue-', 'queue-12']],
  ['a.b', ['a.b'], ['axb']],
  ['a+(b)|c[d]', ['a+(b)|c[d]'], ['c']],
])('the instrument name %s selects %j and not %j', (instrumentName, selected, left) => {
  const { selects } = defineView({ instrumentName })
  expect(selected.filter(name => selects(instrument(name)))).toEqual(selected)
  expect(left.filter(name => selects(instrument(name)))).toEqual([])
})

test('all criteria of a view must hold', () => {
  const all = {
    instrumentName: 'orders',
    instrumentType: InstrumentType.COUNTER,
    instrumentUnit: 's',
    meterName: 'shop',
    meterVersion: '1.2.0',
    meterSchemaUrl: 'https://example.com/1',
  }
  const orders = instrument('orders')
  expect(defineView(all).selects(orders)).toBe(true)
  for (const criterion of Object.keys(all)) {
    expect(defineView({ ...all, [criterion]: 'other' }).selects(orders)).toBe(false)
  }
  const plain = { ...orders, scope: { name: 'shop', version: '', schemaUrl: '' } }
  expect(defineView({ meterSchemaUrl: 'https://example.com/1' }).selects(plain)).toBe(false)
})
