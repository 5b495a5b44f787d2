// A service as small as can be: requests over HTTP, a counter and a log record for each. `/end` ends it.
const { createServer } = require('node:http')
const api = require('@opentelemetry/api')

const log = process.env.OTEL_LOGS_EXPORTER ? logger() : () => {}
const orders = api.metrics.getMeter('smoke').createCounter('orders.paid')

const server = createServer((request, response) => {
  if (request.url === '/end') {
    response.end('ending')
    server.close()
    server.closeIdleConnections()
    return
  }
  orders.add(2, { method: 'card' })
  log('paid')
  response.end('paid')
})
server.keepAliveTimeout = 1
server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`))

/** Logs came into the API with 1.10; before that they were a package of their own. */
function logger() {
  const { logs } = api.logs === undefined ? require('@opentelemetry/api-logs') : api
  return body => logs.getLogger('smoke').emit({ body })
}
