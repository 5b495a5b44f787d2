exports.cjs = () => [require('restify')]
exports.esm = () => [import('restify')]

exports.serve = restify => {
  const server = restify.createServer()
  server.get('/hello', (_request, response, next) => {
    response.send('hello')
    next()
  })
  server.get('/users/:id', (_request, response, next) => {
    response.send('user')
    next()
  })
  server.post('/users', (_request, response, next) => {
    response.send(201, 'made')
    next()
  })
  server.get('/fails', (_request, _response, next) => next(new Error('on purpose')))
  server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`))
}
