import type { AddressInfo } from 'node:net'
import type { FastifyReply } from 'fastify'
import fastify from 'fastify'

interface Parameters {
  id: string
}

const app = fastify()
app.get<{ Params: Parameters }>(
  '/users/:id',
  async (request, _reply: FastifyReply): Promise<string> => request.params.id,
)
await app.listen({ port: 0, host: '127.0.0.1' })
console.log(`listening ${(app.server.address() as AddressInfo).port}`)
process.on('SIGTERM', () => app.close())
