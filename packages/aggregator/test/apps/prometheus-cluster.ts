/** A cluster whose workers share the port of a stock PrometheusExporter, each with its own provider. */
import cluster from 'node:cluster'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { SharedMeterProvider } from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '', TEST_PORT, TEST_WORKERS = '3' } = process.env

if (cluster.isPrimary) runPrimary()
else runWorker()

function runPrimary(): void {
  const workers = Array.from({ length: Number(TEST_WORKERS) }, () => cluster.fork())
  let ready = 0
  for (const worker of workers) {
    worker.on('message', () => {
      if (++ready === workers.length) process.send?.({ ready: true })
    })
  }
  process.on('message', ({ kill }: { kill: number }) => {
    workers[kill].once('exit', () => process.send?.({ killed: true }))
    workers[kill].process.kill('SIGKILL')
  })
  process.on('disconnect', () => process.exit())
}

function runWorker(): void {
  const exporter = new PrometheusExporter({ host: '127.0.0.1', port: Number(TEST_PORT) }, () =>
    process.send?.({}),
  )
  const provider = new SharedMeterProvider({
    directory,
    readers: [exporter],
    warn: line => console.error(line),
  })
  const meter = provider.getMeter('test')
  meter.createCounter('orders').add(10, { country: 'ch' })
  meter
    .createHistogram('latency', { advice: { explicitBucketBoundaries: [1, 10] } })
    .record(cluster.worker?.id ?? 0)
  meter.createObservableGauge('depth').addCallback(result => result.observe(7))
}
