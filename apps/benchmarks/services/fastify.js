// The same with Fastify.
const fastify = require('fastify')
const { tellStart } = require('./tell-start.js')

const app = fastify()
app.get('/hello', (_request, reply) => {
  reply.type('text/plain').send('hello')
})
app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' }, tellStart)
