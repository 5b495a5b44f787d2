// The smallest service that says hello, as most are: CommonJS, one file.
const http = require('node:http')
const { tellStart } = require('./tell-start.js')

const server = http.createServer((_request, response) => {
  response.setHeader('content-type', 'text/plain')
  response.end('hello')
})
// In a cluster the primary tells when all listen.
server.listen(Number(process.env.PORT), '127.0.0.1', process.send ? undefined : tellStart)
