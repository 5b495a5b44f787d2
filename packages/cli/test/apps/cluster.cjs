// A service of two workers with routes, a primary that blocks or kills a worker when told to, and an end by SIGTERM.
const cluster = require('node:cluster')
const express = require('express')

if (cluster.isPrimary) {
  const workers = [cluster.fork(), cluster.fork()]
  cluster.on('message', (_worker, port) => console.log(`listening ${port}`))
  process.on('message', text =>
    text === 'kill' ? workers[1].process.kill('SIGKILL') : workers[0].send(text),
  )
  process.on('SIGTERM', () => process.exit(0))
  process.on('disconnect', () => process.exit(0))
} else {
  const app = express()
  app.get('/orders/:id', (_request, response) => response.end('an order'))
  app.get('/fails', (_request, response) => response.status(500).end('no'))
  const server = app.listen(0, '127.0.0.1', () => process.send(server.address().port))
  process.on('message', () => {
    for (const until = performance.now() + 60_000; performance.now() < until; );
  })
}
