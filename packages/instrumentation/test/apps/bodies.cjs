// Bodies of known sizes, by the protocol that PROTOCOL names.
const { PROTOCOL = 'http', TLS_CERT: cert, TLS_KEY: key } = process.env
const http2 = require('node:http2')

function answer(request, response) {
  if (request.url === '/hang') return
  if (request.url === '/half') return response.write('half')
  if (request.url === '/reset') return response.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR)
  if (request.url === '/none') return response.writeHead(204).end()
  if (request.url === '/chunks') {
    response.write('a'.repeat(1000))
    return setTimeout(() => response.end('b'.repeat(500)), 5)
  }
  request.resume().on('end', () => {
    response.writeHead(Number(request.url.slice(1)) || 200, { 'content-length': 5 })
    response.end(request.method === 'HEAD' ? undefined : 'hello')
  })
}

function answerStream(stream, headers) {
  if (headers[':path'] === '/pushes') {
    return stream.pushStream({ ':path': '/pushed' }, (_error, pushed) => {
      pushed.respond({ ':status': 200 })
      pushed.end('pushed')
      stream.respond({ ':status': 200 })
      stream.end('hello')
    })
  }
  if (headers[':path'] === '/204') return stream.respond({ ':status': 204 }, { endStream: true })
  stream.respond({ ':status': 200, 'content-length': 5 })
  stream.end('hello')
}

const servers = {
  http: () => require('node:http').createServer(answer),
  https: () => require('node:https').createServer({ cert, key }, answer),
  http2: () => http2.createServer(answer),
  'http2-tls': () => http2.createSecureServer({ cert, key, allowHTTP1: true }, answer),
  'http2-stream': () => http2.createServer().on('stream', answerStream),
  'http2-fastify': () => {
    const app = require('fastify')({ http2: true })
    app.get('/users/:id', async () => 'user')
    app.listen({ port: 0, host: '127.0.0.1' }).then(() => process.send({ port: app.server.address().port }))
  },
}
const server = servers[PROTOCOL]()
server?.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
