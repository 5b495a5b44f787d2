import fastify, { type FastifyInstance } from 'fastify'
import { createFaults, type Fault } from './faults.ts'
import { createWorld, type FeedItem, type GateVerdict, tell } from './world.ts'

/**
 * The outside world that the control plane works with, small and with faults that can be set: ticketing, ci, chat and
 * registry take messages, ci also says whether gates are open; there are feeds, and pages with titles.
 */
export function buildOutside(): FastifyInstance {
  const world = createWorld()
  const faults = createFaults()
  const server = fastify({ logger: false, forceCloseConnections: true })

  server.addHook('onRequest', async (request, reply) => {
    const part = request.url.split(/[/?]/)[1] ?? ''
    const outcome = await faults.apply(part)
    if (outcome === 'none') return
    if (outcome === 'down') request.raw.destroy()
    if (typeof outcome === 'string') return reply.hijack()
    return reply.code(outcome.status).send({ fault: part })
  })

  for (const connector of ['ticketing', 'ci', 'chat', 'registry']) {
    server.get(`/${connector}/health`, () => ({ status: 'ok' }))
    server.put<{ Params: { id: string }; Body: unknown }>(`/${connector}/messages/:id`, (request, reply) => {
      tell(world, connector, request.params.id, request.body)
      return reply.code(201).send({ id: request.params.id })
    })
  }
  server.get<{ Params: { service: string } }>('/ci/gates/:service', ({ params }): GateVerdict => {
    return world.gates.get(params.service) ?? { pass: true, reason: 'all checks passed' }
  })
  server.get<{ Params: { name: string }; Querystring: { after?: string } }>(
    '/feeds/:name',
    ({ params, query }, reply) => {
      const items = world.feeds.get(params.name)
      if (items === undefined) return reply.code(404).send({ error: 'There is no such feed.' })
      const start = query.after === undefined ? 0 : items.findIndex(({ id }) => id === query.after) + 1
      return reply.send({ items: items.slice(start, start + 100) })
    },
  )
  server.get<{ Params: { name: string } }>('/pages/:name', ({ params }, reply) => {
    const name = params.name.replaceAll(/[^\w -]/g, '')
    reply.type('text/html; charset=utf-8')
    return `<!doctype html><title>Page ${name}</title><meta name="description" content="All about ${name}.">`
  })
  server.get<{ Querystring: { to: string } }>('/moved', ({ query }, reply) => reply.redirect(query.to))

  // How whoever runs the tests and the traffic scenarios arranges the world; never subject to faults themselves.
  server.put<{ Params: { part: string }; Body: Fault }>(
    '/arrange/faults/:part',
    ({ params, body }, reply) => {
      faults.set(params.part, body)
      return reply.code(204).send()
    },
  )
  server.delete('/arrange/faults', (_request, reply) => {
    faults.clear()
    return reply.code(204).send()
  })
  server.put<{ Params: { service: string }; Body: GateVerdict }>(
    '/arrange/gates/:service',
    ({ params, body }, reply) => {
      world.gates.set(params.service, body)
      return reply.code(204).send()
    },
  )
  server.post<{ Params: { name: string }; Body: FeedItem[] }>(
    '/arrange/feeds/:name',
    ({ params, body }, reply) => {
      world.feeds.set(params.name, [...(world.feeds.get(params.name) ?? []), ...body])
      return reply.code(204).send()
    },
  )
  server.get<{ Params: { connector: string } }>('/arrange/told/:connector', ({ params }) => {
    return Object.fromEntries(world.told.get(params.connector) ?? [])
  })
  return server
}
