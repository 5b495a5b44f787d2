// The routes that both versions of Fastify serve, whether the app is CommonJS or ESM.
module.exports = async function serve(app) {
  app.get('/hello', async () => 'hello')
  app.get('/fails', async () => {
    throw new Error('on purpose')
  })
  app.post('/checked', { schema: { body: { type: 'object', required: ['name'] } } }, async () => 'ok')
  app.register(
    async api => {
      api.addHook('onRequest', async (request, reply) => {
        if (request.headers.authorization === undefined) return reply.code(401).send('who are you')
      })
      api.get('/users/:id', async () => 'user')
    },
    { prefix: '/api' },
  )
  await app.listen({ port: 0, host: '127.0.0.1' })
  process.send({ port: app.server.address().port })
}
