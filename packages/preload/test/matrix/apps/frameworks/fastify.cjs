exports.cjs = () => [require('fastify')]
exports.esm = () => [import('fastify')]

exports.serve = async fastify => {
  const app = fastify()
  app.get('/hello', async () => 'hello')
  app.get('/fails', async () => {
    throw new Error('on purpose')
  })
  app.register(
    async users => {
      users.get('/:id', async () => 'user')
      users.post('', async (_request, reply) => reply.code(201).send('made'))
    },
    { prefix: '/users' },
  )
  await app.listen({ port: 0, host: '127.0.0.1' })
  console.log(`listening ${app.server.address().port}`)
}
