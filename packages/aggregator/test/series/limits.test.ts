import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mostVariedAttribute } from '../../src/series/most-varied-attribute.ts'
import { testProvider } from '../provider.ts'

test('the warning of too many series names the instrument and the attribute with the most values', async () => {
  const { meter, page, warnings } = testProvider({ cardinalityLimit: 10 })
  const counter = meter.createCounter('orders')
  for (let id = 0; id < 30; id++) counter.add(1, { user: `u${id}`, country: id % 2 ? 'ch' : 'eu' })
  const overflown = counter.bind({ user: 'yet another' })
  overflown.add(1)
  overflown.add(Number.NaN)
  expect(warnings[0]).toBe(
    'orders has 10 series: further sets of attributes are counted together under otel.metric.overflow="true". The ' +
      'attribute with the most values is "user" (9 of them). Leave out what holds an id, or raise the limit with ' +
      'TUTTI_CARDINALITY_LIMIT.',
  )
  expect(await page()).toMatchObject({
    'orders_total{otel_metric_overflow="true"}': 22,
    'tutti_overflow_measurements_total{instrument="orders"}': 22,
  })
})

test('what observables say above the limit adds up, as one value, and a counter of it never falls', async () => {
  const { meter, page } = testProvider({ cardinalityLimit: 3 })
  let observed = [1, 2, 4, 8]
  meter.createObservableCounter('ticks').addCallback(result => {
    for (const [id, value] of observed.entries()) result.observe(value, { id })
  })
  meter.createObservableUpDownCounter('open').addCallback(result => {
    for (const [id, value] of observed.entries()) result.observe(value, { id })
  })
  const overflow = async () => {
    const samples = await page()
    return [samples['ticks_total{otel_metric_overflow="true"}'], samples['open{otel_metric_overflow="true"}']]
  }
  expect(await overflow()).toEqual([12, 12])
  expect(await overflow()).toEqual([12, 12])
  observed = [1, 2, 5]
  // The counter keeps what it knows of the last one; the other says what is observed.
  expect(await overflow()).toEqual([13, 5])
  observed = [1, 2, 5, 9]
  expect(await overflow()).toEqual([14, 14])
})

test('long attribute values are cut, counted and said once; those that begin alike count together', async () => {
  const env = { OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '4' }
  const { meter, page, warnings } = testProvider({ env })
  const counter = meter.createCounter('queries')
  for (const sql of ['select 1', 'select 2', 'drop'])
    counter.add(1, { sql, tags: ['abcdef', 'abc'] as never })
  expect(await page()).toMatchObject({
    'queries_total{sql="sele",tags="[\\"abcd\\",\\"abc\\"]"}': 2,
    'queries_total{sql="drop",tags="[\\"abcd\\",\\"abc\\"]"}': 1,
    'tutti_truncated_attributes_total{instrument="queries"}': 5,
  })
  expect(warnings).toEqual([
    'queries: a value of the attribute "sql" is longer than 4 characters: such values are cut, and those that begin ' +
      'alike are counted together. Leave the attribute out, or raise OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT.',
  ])
})

test('values of up to 1,024 characters are kept whole unless somebody says otherwise', async () => {
  const { meter, page } = testProvider()
  const counter = meter.createCounter('queries')
  counter.add(1, { sql: 'x'.repeat(1_024) })
  counter.add(1, { sql: `${'x'.repeat(1_024)}y` })
  expect((await page())[`queries_total{sql="${'x'.repeat(1_024)}"}`]).toBe(2)
})

test.each(['mapped', 'heap'] as const)(
  'a segment does not grow beyond its limit (%s): what has no room counts together, also of new instruments',
  async store => {
    const segmentBytesLimit = 256 * 1024
    const { meter, page, directory, warnings } = testProvider({
      segmentBytesLimit,
      cardinalityLimit: 100_000,
      store,
    })
    const counter = meter.createCounter('orders')
    for (let id = 0; id < 10_000; id++) counter.add(1, { id })
    meter.createCounter('later').add(5, { a: 1 })
    const samples = await page()
    const orders = Object.entries(samples).filter(([name]) => name.startsWith('orders_total'))
    expect(orders.reduce((sum, [, value]) => sum + value, 0)).toBe(10_000)
    expect(orders.length).toBeGreaterThan(1_000)
    expect(samples['orders_total{otel_metric_overflow="true"}']).toBe(10_001 - orders.length)
    expect(samples['later_total{otel_metric_overflow="true"}']).toBe(5)
    expect(samples.tutti_private_series).toBe(0)
    expect(statSync(join(directory, '0.segment')).size).toBeLessThanOrEqual(segmentBytesLimit * 1.1)
    const [warning] = warnings.filter(line => line.startsWith('orders'))
    expect(warning).toContain('orders does not fit into the segment, whose limit is 262144 bytes')
    expect(warning).toContain('"id" (1000 of them)')
    expect(warning).toContain('TUTTI_SEGMENT_BYTES_LIMIT')
  },
)

test('limits come from the option, else from the environment; what is none is one line', async () => {
  const env = {
    TUTTI_CARDINALITY_LIMIT: '3',
    TUTTI_SEGMENT_BYTES_LIMIT: '1 MiB',
    OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '-1',
  }
  const { meter, page, warnings } = testProvider({ env })
  const counter = meter.createCounter('orders')
  for (let id = 0; id < 5; id++) counter.add(1, { id })
  expect((await page())['orders_total{otel_metric_overflow="true"}']).toBe(3)
  expect(warnings.slice(0, 2)).toEqual([
    'TUTTI_SEGMENT_BYTES_LIMIT="1 MiB" is ignored: it must be a whole number from 0; 268435456 is used.',
    'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT="-1" is ignored: it must be a whole number from 0; 1024 is used.',
  ])
  const other = testProvider({ env, cardinalityLimit: 4 })
  const another = other.meter.createCounter('orders')
  for (let id = 0; id < 5; id++) another.add(1, { id })
  expect((await other.page())['orders_total{otel_metric_overflow="true"}']).toBe(2)
})

test('the most varied attribute is found among the first thousand series', () => {
  const texts = Array.from({ length: 5_000 }, (_, id) =>
    JSON.stringify([
      ['id', id],
      ['kind', id % 3],
    ]),
  )
  expect(mostVariedAttribute(texts)).toEqual({ key: 'id', values: 1_000 })
  expect(mostVariedAttribute(['[]', 'nonsense'])).toBeUndefined()
})
