exports.cjs = () => [require('node:http')]
exports.esm = () => [import('node:http')]

exports.serve = http => {
  const statuses = { '/hello': 200, '/users': 201, '/fails': 500 }
  const server = http.createServer((request, response) => {
    response.statusCode = statuses[request.url] ?? (request.url.startsWith('/users/') ? 200 : 404)
    response.end('done')
  })
  server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`))
}
