/** Several copies of the package in one process: as ES module, as CommonJS, and a second installation of that. */
import { createRequire } from 'node:module'
import { metrics } from '@opentelemetry/api'
import * as esm from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '', TEST_INSTALLATION = '' } = process.env
const require = createRequire(import.meta.url)
const cjs: typeof esm = require('@tutti/aggregator')
const copy: typeof esm = createRequire(TEST_INSTALLATION)('@tutti/aggregator')
const commonApi: { metrics: typeof metrics } = require('@opentelemetry/api')

const warnings: string[] = []
const providers = [esm, cjs, copy].map(({ SharedMeterProvider }) => {
  return new SharedMeterProvider({ directory, warn: line => warnings.push(line) })
})
const [first, second, third] = providers
const copies = new Set([esm, cjs, copy].map(({ SharedMeterProvider }) => SharedMeterProvider)).size

// The app uses the API's global: whoever comes first is it, for both kinds of importers.
const wasSet = [metrics.setGlobalMeterProvider(first), commonApi.metrics.setGlobalMeterProvider(second)]
metrics.getMeter('global').createCounter('asked').add(1)
commonApi.metrics.getMeter('global').createCounter('asked').add(2)

providers.forEach((provider, index) => {
  const meter = provider.getMeter('test')
  meter.createCounter('orders').add(1 + index)
  meter.createObservableGauge('copy').addCallback(result => result.observe(index))
})

// An instrument of one copy given to another one: left out with a warning, in either direction.
const [one, other] = [first, second].map(provider => provider.getMeter('batch'))
const [ours, theirs] = [one.createObservableGauge('ours'), other.createObservableGauge('theirs')]
for (const meter of [one, other]) {
  meter.addBatchObservableCallback(
    result => {
      result.observe(ours, 1)
      result.observe(theirs, 2)
    },
    [ours, theirs],
  )
  meter.removeBatchObservableCallback(() => {}, [ours, theirs])
}

for (const provider of providers) await provider.forceFlush()
const before = await esm.readMetrics(directory)
await second.shutdown()
first.getMeter('test').createCounter('orders').add(10)
third.getMeter('test').createCounter('orders').add(100)
await first.forceFlush()
await third.forceFlush()
const after = await cjs.readMetrics(directory)
process.send?.({ seen: { copies, wasSet, warnings, before: values(before), after: values(after) } })
process.on('disconnect', () => process.exit())

function values({ scopeMetrics }: Awaited<ReturnType<typeof esm.readMetrics>>): Record<string, unknown> {
  const all = scopeMetrics.flatMap(({ metrics }) => metrics)
  return Object.fromEntries(
    all.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.map(({ value }) => Number(value)).sort(),
    ]),
  )
}
