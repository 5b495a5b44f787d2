/** Three cluster workers that record the same workload each, then only live on to be scraped. */
import cluster from 'node:cluster'
import { ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AggregationType } from '@opentelemetry/sdk-metrics'
import { contendForExposer, SharedMeterProvider } from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '' } = process.env
const WORKERS = 3
process.env.OTEL_METRICS_EXEMPLAR_FILTER = 'always_on'
const provider = new SharedMeterProvider({
  directory,
  warn: line => console.error(line),
  views: [
    {
      instrumentName: 'latency.native',
      aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 160 } },
    },
  ],
})

if (cluster.isPrimary) {
  let ready = 0
  for (let each = 0; each < WORKERS; each++) {
    cluster.fork().on('message', () => {
      if (++ready === WORKERS)
        contendForExposer({ directory, port: 0, onListening: url => process.send?.({ url }) })
    })
  }
} else {
  const meter = provider.getMeter('test')
  const sampled = trace.setSpanContext(ROOT_CONTEXT, {
    traceId: 'c0ffee'.padEnd(32, '0'),
    spanId: 'f00d'.padEnd(16, '0'),
    traceFlags: 1,
  })
  const orders = meter.createCounter('orders', { description: 'Orders.' })
  const advice = { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] }
  const classic = meter.createHistogram('latency', { unit: 's', advice })
  const native = meter.createHistogram('latency.native', { unit: 's' })
  for (let each = 1; each <= 1_000; each++) {
    orders.add(1, { country: 'ch' }, sampled)
    // From a millisecond to eight seconds, the same in every worker.
    const seconds = 0.001 * 9_000 ** ((each % 997) / 1_000)
    classic.record(seconds, {}, sampled)
    native.record(seconds, {}, sampled)
  }
  process.send?.('ready')
  setInterval(() => {}, 1_000)
}
process.on('disconnect', () => process.exit())
