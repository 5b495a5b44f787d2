const http = require('node:http')

// Prints like any app, so that a test can see that its output is its own.
const server = http.createServer((_request, response) => response.end('hello'))
server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`))
process.on('SIGTERM', () => server.close())
