import type { FastifyInstance, FastifyReply } from 'fastify'
import { isDatabaseUnavailable } from '../database/unavailable.ts'
import type { Deployment, NewDeployment } from '../deployments/deployment.ts'
import { countDeployment, countPromotion } from '../deployments/measurements.ts'
import { promoteDeployment } from '../deployments/promote.ts'
import { createDeployment, findDeployment, listDeployments } from '../deployments/store.ts'
import { sendProblem } from './problems.ts'
import { createSchema, listSchema, promoteSchema, readSchema } from './schemas/deployments.ts'
import type { ApiParts } from './server.ts'

interface WithId {
  Params: { id: string }
}

const defaultPageSize = 20

export function addDeploymentRoutes(server: FastifyInstance, { pool, cache, ringSoakMs }: ApiParts): void {
  server.post<{ Body: NewDeployment }>(
    '/deployments',
    {
      schema: createSchema,
      onError: async (_request, _reply, error) => {
        countDeployment('create', error.validation ? 'rejected' : failure(error))
      },
    },
    async (request, reply) => {
      const deployment = await createDeployment(pool, request.body)
      countDeployment('create', 'success')
      await cache?.replace(deployment)
      return reply.code(201).header('location', `/deployments/${deployment.id}`).send(deployment)
    },
  )

  server.get<WithId>('/deployments/:id', { schema: readSchema }, async (request, reply) => {
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

  server.post<WithId>(
    '/deployments/:id/promote',
    {
      schema: promoteSchema,
      onError: async (_request, _reply, error) => {
        countDeployment('promote', error.validation ? 'rejected' : failure(error))
      },
    },
    async (request, reply) => {
      const id = request.params.id.toLowerCase()
      const promoted = await promoteDeployment(pool, id, ringSoakMs)
      if (promoted) {
        countPromotion(promoted, 'api')
        await cache?.replace(promoted)
        return promoted
      }
      const found: Deployment | undefined = await findDeployment(pool, id)
      countDeployment('promote', found ? 'conflict' : 'not_found')
      return found
        ? sendProblem(reply, 409, 'The deployment is done; there is no next ring.')
        : sendNotFound(reply, id)
    },
  )
}

function failure(error: Error): 'unavailable' | 'error' {
  return isDatabaseUnavailable(error) ? 'unavailable' : 'error'
}

function sendNotFound(reply: FastifyReply, id: string): FastifyReply {
  return sendProblem(reply, 404, `There is no deployment ${id}.`)
}
