// A clustered service: two workers with routes, one metric of its own, and a primary that does as it is told: it blocks a
// worker, kills one, or starts another.
const cluster = require('node:cluster')

if (cluster.isPrimary) {
  const fork = () => cluster.fork()
  fork()
  fork()
  const workers = () => Object.values(cluster.workers)
  cluster.on('message', (_worker, port) => console.log(`listening ${port}`))
  process.on('message', ({ told, pid, ms }) => {
    const worker = workers().find(each => each.process.pid === pid)
    if (told === 'block') worker?.send(ms)
    else if (told === 'kill') worker?.process.kill('SIGKILL')
    else fork()
  })
  process.on('SIGTERM', () => process.exit(0))
  process.on('disconnect', () => process.exit(0))
} else {
  const { metrics } = require('@opentelemetry/api')
  const express = require('express')
  const sold = metrics
    .getMeter('shop')
    .createCounter('shop.tickets.sold', { description: 'Tickets that were paid.' })
  const app = express()
  app.get('/orders/:id', (_request, response) => {
    sold.add(3, { hall: 'large' })
    response.end('an order')
  })
  app.get('/slow', (_request, response) => setTimeout(() => response.end('at last'), 300))
  app.get('/fails', (_request, response) => response.status(500).end('no'))
  const server = app.listen(0, '127.0.0.1', () => process.send(server.address().port))
  process.on('message', ms => {
    for (const until = performance.now() + ms; performance.now() < until; );
  })
}
