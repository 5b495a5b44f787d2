const cluster = require('node:cluster')
const http = require('node:http')
const { count } = require('./count.cjs')

if (cluster.isPrimary) {
  count('primary')
  cluster.fork()
  cluster.fork()
  cluster.on('message', (_worker, port) => console.log(`listening ${port}`))
  process.on('SIGTERM', () => cluster.disconnect())
} else {
  count('worker')
  const server = http.createServer((_request, response) => response.end('hello'))
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
}
