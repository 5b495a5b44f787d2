// The routes that Restify serves, whether the app is CommonJS or ESM.
module.exports = function serve(restify) {
  const server = restify.createServer()
  server.use(async (request, response) => {
    if (request.getPath().startsWith('/locked/')) response.send(401, 'who are you')
  })
  const send = text => async (_request, response) => {
    response.send(text)
  }
  server.get('/', send('root'))
  server.get('/hello', send('hello'))
  server.head('/hello', send('hello'))
  server.get('/fails', async () => {
    throw new Error('on purpose')
  })
  server.get('/locked/:door', send('open'))
  server.get('/tenants/:tenant/users/:id', send('user'))
  server.get({ name: 'posts', path: '/tenants/:tenant/users/:id/posts/:post' }, send('post'))
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
}
