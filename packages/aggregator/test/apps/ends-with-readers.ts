/** Has readers of both kinds, a callback that never settles, and nothing more to do. */
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { InMemoryMetricExporter, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { SharedMeterProvider } from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '', TEST_PORT, TEST_SHUTDOWN } = process.env
const exporter = new InMemoryMetricExporter(0)
const push = new PeriodicExportingMetricReader({
  exporter,
  exportIntervalMillis: 20,
  exportTimeoutMillis: 20,
})
const prometheus = new PrometheusExporter({ host: '127.0.0.1', port: Number(TEST_PORT) })
// That a callback hangs is said; this is not about that.
const warn = (line: string) => line.startsWith('a callback of hangs') || console.error(line)
const provider = new SharedMeterProvider({ directory, readers: [push, prometheus], warn })
const meter = provider.getMeter('test')
meter.createCounter('orders').add(1)
meter.createObservableGauge('hangs').addCallback(() => new Promise(() => {}))
// On a busy machine an export may take longer than it is given; the next one may not.
for (let waits = 0; waits < 150 && exporter.getMetrics().length === 0; waits++)
  await new Promise(resolve => setTimeout(resolve, 100))
if (TEST_SHUTDOWN) {
  await provider.shutdown({ timeoutMillis: 1_000 })
  console.log('shut down')
}
console.log(exporter.getMetrics().length > 0 ? 'exported' : 'not exported')
