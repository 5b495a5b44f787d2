// A clustered service written against prom-client's API. `IMPORT` says which library it imports.
const cluster = require('node:cluster')
const { AggregatorRegistry, Counter, Gauge, Histogram } = require(process.env.IMPORT)

if (cluster.isPrimary) {
  const registry = new AggregatorRegistry()
  for (let number = 1; number <= 3; number++) cluster.fork({ NUMBER: String(number) })
  process.on('message', async message => {
    if (message === 'page')
      process.send(await registry.clusterMetrics().catch(error => `failed: ${error.message}`))
    else for (const worker of Object.values(cluster.workers)) worker.send(message)
  })
  cluster.on('message', (_worker, message) => {
    if (message === 'done') process.send(message)
  })
  cluster.on('exit', () => process.send('exited'))
} else {
  const number = Number(process.env.NUMBER)
  const requests = new Counter({ name: 'requests_total', help: 'Requests.', labelNames: ['code'] })
  const seconds = new Histogram({ name: 'request_seconds', help: 'Seconds.', buckets: [0.1, 1] })
  const gauge = aggregator => new Gauge({ name: `number_${aggregator}`, help: 'Number.', aggregator })
  const gauges = ['sum', 'min', 'max', 'average'].map(gauge)
  new AggregatorRegistry()
  process.on('message', message => {
    if (message === 'work') {
      for (let times = 0; times < 1000; times++) {
        requests.inc({ code: number === 1 ? 200 : '404' })
        seconds.observe(0.5)
      }
      for (const each of gauges) each.set(number)
      process.send('done')
    } else if (message === `die ${number}`) process.kill(process.pid, 'SIGKILL')
    else if (message === `block ${number}`) {
      process.send('done')
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 8_000))
    }
  })
}
