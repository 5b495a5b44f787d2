import { type Meter, ValueType } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { readMetrics } from '../../src/merge/read-metrics.ts'
import { testProvider } from '../provider.ts'

async function descriptions(directory: string): Promise<Record<string, string>> {
  const { scopeMetrics } = await readMetrics(directory)
  const all = scopeMetrics.flatMap(({ metrics }) => metrics.map(({ descriptor }) => descriptor))
  return Object.fromEntries(all.map(({ name, description }) => [name, description]))
}

test('a meter is the same one for the same name, version and schema URL, and another one for others', () => {
  const { provider } = testProvider()
  const options = { schemaUrl: 'https://example.com/1' }
  expect(provider.getMeter('a', '1', options)).toBe(provider.getMeter('a', '1', options))
  expect(provider.getMeter('a')).toBe(provider.getMeter('a', ''))
  const different = [['a'], ['a', '1'], ['a', '2'], ['b', '1']] as const
  const meters = new Set(different.map(([name, version]) => provider.getMeter(name, version)))
  expect(meters.add(provider.getMeter('a', '1', options)).size).toBe(5)
})

test('each meter is a namespace of its own: the same name in two of them is no conflict', async () => {
  const { provider, directory, warnings } = testProvider()
  provider.getMeter('a').createCounter('orders').add(1)
  provider.getMeter('b').createUpDownCounter('orders').add(2)
  const { scopeMetrics } = await readMetrics(directory)
  expect(scopeMetrics.map(({ scope, metrics }) => [scope.name, metrics.length])).toEqual([
    ['a', 1],
    ['b', 1],
  ])
  expect(warnings).toEqual([])
})

test('a meter without a name works, keeps the empty name, and one line says so', async () => {
  const { provider, directory, warnings } = testProvider()
  for (const name of ['', undefined, null, 7])
    provider
      .getMeter(name as never)
      .createCounter('orders')
      .add(1)
  const { scopeMetrics } = await readMetrics(directory)
  expect(scopeMetrics).toMatchObject([{ scope: { name: '' }, metrics: [{ dataPoints: [{ value: 4 }] }] }])
  expect(warnings).toEqual([expect.stringContaining('without a name')])
})

const CREATE = [
  'createCounter',
  'createUpDownCounter',
  'createHistogram',
  'createGauge',
  'createObservableCounter',
  'createObservableUpDownCounter',
  'createObservableGauge',
] as const satisfies (keyof Meter)[]

test.each(CREATE)('%s warns of an invalid name and makes the instrument all the same', create => {
  const { meter, warnings } = testProvider()
  const invalid = ['', '1a', '-a', '.a', '_a', 'a b', 'a'.repeat(256), undefined, null, Symbol('a')]
  for (const name of invalid) expect(meter[create](name as never)).toBeTypeOf('object')
  expect(warnings.length).toBe(invalid.length)
  for (const name of ['a', 'a'.repeat(255), 'A1', 'a-1', 'a.1', 'a_1', 'a/1']) meter[create](name)
  expect(warnings.filter(line => !line.startsWith('Invalid metric name'))).toEqual(
    ['instrument a of test is also asked for as A: it is the same one.'].slice(1),
  )
})

test('options that make no sense count as not given', async () => {
  const { meter, directory } = testProvider()
  const options = { unit: null, description: 7, valueType: 'odd', advice: { explicitBucketBoundaries: null } }
  meter.createHistogram('latency', options as never).record(1.5)
  const { scopeMetrics } = await readMetrics(directory)
  expect(scopeMetrics[0].metrics[0]).toMatchObject({
    descriptor: { unit: '', description: '', valueType: ValueType.DOUBLE },
    dataPoints: [{ value: { sum: 1.5 } }],
  })
})

test.each([[[3, 2, 1]], [[1, 1]], [[1, Number.NaN]], [['1', '2']], ['1, 2']])(
  'boundaries %j are no advice: the default ones are used, and one line says so',
  async advised => {
    const { meter, directory, warnings } = testProvider()
    const advice = { explicitBucketBoundaries: advised as never }
    meter.createHistogram('latency', { advice }).record(1)
    const { scopeMetrics } = await readMetrics(directory)
    expect(scopeMetrics[0].metrics[0].dataPoints[0].value).toMatchObject({
      buckets: { boundaries: { length: 15 } },
    })
    expect(warnings).toEqual([expect.stringContaining('must be ascending numbers')])
  },
)

test('the boundaries advised first are used, and a warning says so', async () => {
  const { meter, page, warnings } = testProvider()
  const create = (explicitBucketBoundaries: number[]) =>
    meter.createHistogram('latency', { advice: { explicitBucketBoundaries } })
  expect(create([1, 2])).toBe(create([1, 2]))
  expect(warnings).toEqual([])
  create([1, 2]).record(1)
  create([5]).record(5)
  expect(await page()).toMatchObject({ 'latency_bucket{le="2"}': 1, 'latency_bucket{le="+Inf"}': 2 })
  expect(warnings).toEqual([expect.stringContaining('those given first are used')])
})

test('of two descriptions the longer one is on the page, also when the shorter one is there already', async () => {
  const { meter, page, directory, warnings } = testProvider()
  meter.createCounter('orders', { description: 'Orders.' }).add(1)
  await page()
  meter.createCounter('orders', { description: 'Orders of all countries.' }).add(1)
  meter.createCounter('orders', { description: '' }).add(1)
  expect(await page()).toMatchObject({ orders_total: 3 })
  expect(await descriptions(directory)).toMatchObject({ orders: 'Orders of all countries.' })
  expect(warnings).toHaveLength(2)
  expect(warnings[0]).toBe(
    'instrument orders of test is described twice, as "Orders." and as "Orders of all countries.": the longer ' +
      'one is used. Give both the same description, or add the view ' +
      '{"instrumentName":"orders","instrumentType":"COUNTER","description":"Orders."}.',
  )
})

test('a description that a view gives ends the conflict', async () => {
  const { meter, directory, warnings } = testProvider({
    views: [{ instrumentName: 'orders', description: 'By the view.' }],
  })
  meter.createCounter('orders', { description: 'one' }).add(1)
  meter.createCounter('orders', { description: 'another one, much longer' }).add(1)
  expect(await descriptions(directory)).toMatchObject({ orders: 'By the view.' })
  expect(warnings).toEqual([])
})

test('of the descriptions of several writers the longest is taken, whoever comes first', async () => {
  const one = testProvider()
  const other = testProvider({ directory: one.directory })
  one.meter.createCounter('orders', { description: 'Orders.' }).add(1)
  other.meter.createCounter('orders', { description: 'Orders of all.' }).add(1)
  one.meter.createCounter('refunds', { description: 'Refunds of all.' }).add(1)
  other.meter.createCounter('refunds', { description: 'Refunds.' }).add(1)
  expect(await descriptions(one.directory)).toMatchObject({
    orders: 'Orders of all.',
    refunds: 'Refunds of all.',
  })
})

test.each([
  [{ unit: 'ms' }, 'createCounter', 'Create it with the unit "s", or under another name.'],
  [
    { unit: 's', valueType: ValueType.INT },
    'createCounter',
    'Create it with valueType DOUBLE, or under another name.',
  ],
  [
    { unit: 's' },
    'createHistogram',
    'Create it under another name, or add the view ' +
      '{"instrumentName":"ORDERS","instrumentType":"HISTOGRAM","name":"ORDERS.histogram"}.',
  ],
] as const)(
  'a duplicate with %j made by %s is kept, and the warning has the recipe',
  async (options, create, recipe) => {
    const { meter, directory, warnings } = testProvider()
    meter.createCounter('orders', { unit: 's' }).add(1)
    const duplicate = meter[create]('ORDERS', options)
    if ('add' in duplicate) duplicate.add(2)
    else duplicate.record(2)
    const { scopeMetrics } = await readMetrics(directory)
    expect(scopeMetrics[0].metrics).toHaveLength(2)
    expect(warnings).toHaveLength(1)
    expect(warnings[0].endsWith(recipe)).toBe(true)
  },
)

test('the recipe of a warning resolves the conflict', async () => {
  const views = [{ instrumentName: 'orders', instrumentType: 'HISTOGRAM', name: 'orders.histogram' } as const]
  const { meter, page, warnings } = testProvider({ views })
  meter.createCounter('orders').add(1)
  meter.createHistogram('orders').record(2)
  expect(await page()).toMatchObject({ orders_total: 1, orders_histogram_sum: 2 })
  expect(warnings).toEqual([])
})

test('after shutdown a meter does nothing, whatever is asked of it, and what was counted stays', async () => {
  const { provider, meter, directory, warnings } = testProvider()
  const orders = meter.createCounter('orders')
  orders.add(1)
  await provider.shutdown()
  await provider.shutdown()
  await provider.forceFlush()
  provider.observe()
  let calls = 0
  const late = provider.getMeter('late')
  for (const create of CREATE) {
    const instrument = late[create]('late')
    if ('bind' in instrument) instrument.bind({ a: 1 })
    if ('add' in instrument) instrument.add(1)
    if ('record' in instrument) instrument.record(1)
    if ('addCallback' in instrument) instrument.addCallback(() => void calls++)
  }
  late.addBatchObservableCallback(() => void calls++, [late.createObservableGauge('late')])
  late.removeBatchObservableCallback(() => {}, [])
  for (let id = 0; id < 10_000; id++) orders.add(1, { id })
  expect(calls).toBe(0)
  const { scopeMetrics } = await readMetrics(directory)
  expect(scopeMetrics.map(({ scope }) => scope.name)).not.toContain('late')
  expect(scopeMetrics[0].metrics[0].dataPoints[0]).toMatchObject({ attributes: {}, value: 1 })
  expect(warnings).toEqual([
    'shutdown was called more than once.',
    'forceFlush was called after shutdown: there is nothing left to flush.',
    'the meter late was asked for after shutdown: its instruments do nothing.',
    expect.stringContaining('orders has 2000 series'),
  ])
})

test('what listens to warnings may throw without any consequence', () => {
  const { meter } = testProvider({
    warn: () => {
      throw new Error('no')
    },
  })
  expect(() => meter.createCounter('').add(-1)).not.toThrow()
})
