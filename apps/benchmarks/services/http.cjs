// The smallest service that says hello, as most are: CommonJS, one file.
const http = require('node:http')
const { tellStart } = require('./tell-start.cjs')

const server = http.createServer((_request, response) => {
  response.setHeader('content-type', 'text/plain')
  response.end('hello')
})
server.listen(Number(process.env.PORT), '127.0.0.1', tellStart)
