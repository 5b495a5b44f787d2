/** Counts, records and pushes over OTLP when told to, and otherwise keeps still. */
import {
  AggregationTemporalityPreference,
  OTLPMetricExporter,
} from '@opentelemetry/exporter-metrics-otlp-http'
import { AggregationTemporality, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { SharedMeterProvider } from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '', TEST_URL: url = '', TEST_TEMPORALITY = 'DELTA' } = process.env
const temporalityPreference =
  AggregationTemporalityPreference[TEST_TEMPORALITY as keyof typeof AggregationTemporalityPreference]
const exporter = new OTLPMetricExporter({ url, temporalityPreference })
// The preference leaves up-down counters cumulative; here they are deltas, too.
if (TEST_TEMPORALITY === 'DELTA') exporter.selectAggregationTemporality = () => AggregationTemporality.DELTA
const reader = new PeriodicExportingMetricReader({
  exporter,
  exportIntervalMillis: 3_600_000,
})
const provider = new SharedMeterProvider({ directory, readers: [reader], warn: line => console.error(line) })
const meter = provider.getMeter('test')
const orders = meter.createCounter('orders')
const latency = meter.createHistogram('latency', { advice: { explicitBucketBoundaries: [1, 10] } })
const open = meter.createUpDownCounter('open')

export interface Told {
  count?: number
  flush?: true
  shutdown?: true
  who?: string
}

process.on('message', async ({ count, flush, shutdown, who = 'all' }: Told) => {
  if (count !== undefined) {
    for (let each = 0; each < count; each++) {
      orders.add(1, { who })
      latency.record(each % 20)
    }
    open.add(count)
    process.send?.({ counted: count })
  }
  if (flush) {
    await provider.forceFlush()
    process.send?.({ flushed: true })
  }
  if (shutdown) {
    await provider.shutdown()
    process.send?.({ ended: true })
  }
})
process.on('disconnect', () => process.exit())
process.send?.({ started: true })
