import { metrics } from '@opentelemetry/api'
import fastify from 'fastify'

metrics.getMeter('app').createCounter('started').add(1)
const app = fastify()
app.get('/users/:id', async () => 'user')
await app.listen({ port: 0, host: '127.0.0.1' })
console.log(`listening ${app.server.address().port}`)
process.on('SIGTERM', () => app.close())
