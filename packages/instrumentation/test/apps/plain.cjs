const http = require('node:http')

const server = http.createServer((request, response) => {
  if (request.url === '/hang') return
  if (request.url === '/half') return response.write('half')
  response.statusCode = Number(request.url.slice(1)) || 200
  setTimeout(() => response.end('hello'), 5)
})
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
