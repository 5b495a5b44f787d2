import { metrics as api } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { counter, defineCatalog, gauge, histogram, operation } from '../../src/index.ts'
import { recorded, recordedSeries, recordedValues, resetRecorded } from '../../src/testing/vitest.ts'
import { startSdk } from '../sdk.ts'

const metrics = defineCatalog(
  { name: 'tested' },
  {
    orders: counter({ name: 'tested.orders', description: 'Orders.', labels: { channel: ['web', 'app'] } }),
    size: histogram({ name: 'tested.size', description: 'Size.', unit: 'By' }),
    feeds: gauge({ name: 'tested.feeds', description: 'Feeds.' }),
    runs: operation({ name: 'tested.run', description: 'Runs.' }),
  },
)

test('what was recorded is seen without an SDK, by part of the labels or all', () => {
  metrics.orders.add(3, { channel: 'web' })
  metrics.orders.with({ channel: 'app' }).add(2)
  expect(metrics.orders).toHaveRecorded(5)
  expect(metrics.orders).toHaveRecorded(3, { channel: 'web' })
  expect(metrics.orders).not.toHaveRecorded(3, { channel: 'app' })
  expect(recordedSeries(metrics.orders)).toEqual([
    { labels: { channel: 'web' }, value: 3 },
    { labels: { channel: 'app' }, value: 2 },
  ])
})

test('every test begins with nothing recorded', () => {
  expect(metrics.orders).toHaveRecorded(0)
})

test('histograms give their values, gauges the last one, shapes their parts', () => {
  metrics.size.record(10)
  metrics.size.record(20)
  metrics.feeds.set(7)
  expect(metrics.size).toHaveRecorded(2)
  expect(recordedValues(metrics.size)).toEqual([10, 20])
  expect(metrics.feeds).toHaveRecorded(7)
  metrics.runs.run(() => 1)
  expect(metrics.runs).toHaveRecorded(1, { outcome: 'success' })
  expect(metrics.runs).toHaveRecorded(1, {}, 'duration')
  expect(metrics.runs).toHaveRecorded(0, {}, 'inFlight')
  resetRecorded()
  expect(metrics.runs).toHaveRecorded(0)
})

test('of a histogram all values are counted, also those that are not kept', () => {
  for (let value = 0; value < 10_001; value++) metrics.size.record(value)
  expect(metrics.size).toHaveRecorded(10_001)
  expect(recordedValues(metrics.size)).toHaveLength(10_000)
})

test('a failure says what was recorded', () => {
  metrics.orders.add(3, { channel: 'web' })
  expect(() => expect(metrics.orders).toHaveRecorded(4, { channel: 'web' })).toThrow(
    'expected 4 recorded with {"channel":"web"}, and it is 3. Recorded are:\n  {"channel":"web"} 3',
  )
  expect(() => expect(metrics.runs).toHaveRecorded(1)).toThrow('and it is 0. Recorded are: nothing')
})

test('what is no metric, or no part, says so', () => {
  expect(() => recorded({})).toThrow('this is no metric of a catalog')
  expect(() => recorded(metrics.runs, {}, 'speed')).toThrow(
    'this metric has no part "speed": it has total, duration, inFlight, errors.',
  )
})

test('an SDK that is there records, too', async () => {
  const sdk = startSdk()
  metrics.orders.add(1, { channel: 'web' })
  const collected = await sdk.collect()
  await sdk.stop()
  expect(metrics.orders).toHaveRecorded(1)
  expect(collected.value('tested.orders', { channel: 'web' })).toBe(1)
  expect(api.getMeterProvider().constructor.name).toMatch(/Noop/)
})
