import {
  AggregationTemporality,
  ConsoleMetricExporter,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { expect, onTestFinished, test, vi } from 'vitest'
import { testProvider } from '../provider.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { valuesOf } from './pull-reader.ts'
import { pushReader } from './push-reader.ts'

const { CUMULATIVE, DELTA } = AggregationTemporality

test('of two providers in one directory only the elected one pushes, until it ends', async () => {
  const directory = temporaryDirectory()
  const [one, two] = [pushReader(), pushReader()]
  const first = testProvider({ directory, readers: [one.reader] })
  const second = testProvider({ directory, readers: [two.reader] })
  second.meter.createCounter('orders').add(1)
  await first.provider.forceFlush()
  await second.provider.forceFlush()
  expect([one, two].map(({ exporter }) => exporter.getMetrics().length)).toEqual([1, 0])
  await first.provider.shutdown()
  expect(two.exporter.getMetrics()).toEqual([])
  await second.provider.forceFlush()
  expect(valuesOf(two.exporter.getMetrics()[0])).toEqual({ 'orders{}': 1 })
})

test('several push readers of one provider push, each in its temporality', async () => {
  const [total, delta] = [pushReader(CUMULATIVE), pushReader(DELTA)]
  const { meter, provider } = testProvider({ readers: [total.reader, delta.reader] })
  const orders = meter.createCounter('orders')
  for (const amount of [1, 2]) {
    orders.add(amount)
    await provider.forceFlush()
  }
  const orderValues = ({ exporter }: typeof total) =>
    exporter.getMetrics().map(metrics => valuesOf(metrics)['orders{}'])
  expect([orderValues(total), orderValues(delta)]).toEqual([
    [1, 3],
    [1, 2],
  ])
})

test('nothing was recorded: nothing is exported', async () => {
  const { exporter, reader } = pushReader()
  const { provider } = testProvider({ readers: [reader] })
  await provider.forceFlush()
  expect(exporter.getMetrics()).toEqual([])
})

test('a console exporter prints the merged metrics', async () => {
  const printed = vi.spyOn(console, 'dir').mockImplementation(() => {})
  onTestFinished(() => printed.mockRestore())
  const reader = new PeriodicExportingMetricReader({
    exporter: new ConsoleMetricExporter(),
    exportIntervalMillis: 3_600_000,
  })
  const { meter, provider } = testProvider({ readers: [reader] })
  meter.createCounter('orders').add(3)
  await provider.forceFlush()
  const metrics = printed.mock.calls.map(([metric]) => metric as { dataPoints: { value: number }[] })
  expect(metrics.map(({ dataPoints }) => dataPoints[0].value)).toEqual([3])
})
