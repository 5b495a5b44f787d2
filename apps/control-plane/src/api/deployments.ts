import type { FastifyInstance } from 'fastify'
import type { NewDeployment } from '../deployments/deployment.ts'
import { createDeployment, findDeployment, listDeployments } from '../deployments/store.ts'
import { catalog } from '../metrics/catalog.ts'
import { listEvaluations } from '../rings/evaluations.ts'
import { countFailures, sendNotFound } from './deployment-actions.ts'
import { createSchema, gatesSchema, listSchema, oneSchema } from './schemas/deployments.ts'
import type { WithId } from './schemas/shared.ts'
import type { ApiParts } from './server.ts'

const defaultPageSize = 20

export function addDeploymentRoutes(server: FastifyInstance, { pool, cache }: ApiParts): void {
  server.post<{ Body: NewDeployment }>(
    '/deployments',
    { schema: createSchema, onError: countFailures('create') },
    async (request, reply) => {
      const deployment = await createDeployment(pool, request.body)
      catalog.deployments.add(1, { action: 'create', outcome: 'success' })
      await cache?.replace(deployment)
      return reply.code(201).header('location', `/deployments/${deployment.id}`).send(deployment)
    },
  )

  server.get<WithId>('/deployments/:id', { schema: oneSchema }, async (request, reply) => {
    const id = request.params.id.toLowerCase()
    const cached = await cache?.get(id)
    reply.header('x-cache', cached ? 'hit' : 'miss')
    if (cached) return cached
    const deployment = await findDeployment(pool, id)
    if (!deployment) return sendNotFound(reply, id)
    await cache?.fill(deployment)
    return deployment
  })

  server.get<{ Querystring: { limit?: string; after?: string } }>(
    '/deployments',
    { schema: listSchema },
    ({ query }) => listDeployments(pool, Number(query.limit ?? defaultPageSize), query.after),
  )

  server.get<WithId>('/deployments/:id/gates', { schema: gatesSchema }, async ({ params: { id } }, reply) => {
    const items = await listEvaluations(pool, id)
    if (items.length === 0 && !(await findDeployment(pool, id))) return sendNotFound(reply, id)
    return { items }
  })
}
