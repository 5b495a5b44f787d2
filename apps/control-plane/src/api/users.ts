import type { FastifyInstance } from 'fastify'
import {
  createUser,
  deleteUser,
  hasUser,
  issueToken,
  listTokens,
  listUsers,
  revokeToken,
  type TokenWish,
} from '../users/store.ts'
import type { NewUser } from '../users/user.ts'
import { sendProblem } from './problems.ts'
import { type WithId, withId } from './schemas/shared.ts'
import { createUserSchema, issueTokenSchema, listTokensSchema, listUsersSchema } from './schemas/users.ts'
import type { ApiParts } from './server.ts'

const config = { role: 'admin' } as const
const missing = 'There is no such user.'

export function addUserRoutes(server: FastifyInstance, { pool }: ApiParts): void {
  server.get('/users', { config, schema: listUsersSchema }, async () => ({ items: await listUsers(pool) }))

  server.post<{ Body: NewUser }>('/users', { config, schema: createUserSchema }, async (request, reply) => {
    const user = await createUser(pool, request.body)
    if (!user) return sendProblem(reply, 409, `There is a user ${request.body.name} already.`)
    return reply.code(201).send(user)
  })

  server.delete<WithId>('/users/:id', { config, schema: withId }, async (request, reply) => {
    if (request.params.id.toLowerCase() === request.user?.id)
      return sendProblem(reply, 409, 'You cannot delete yourself; another admin can.')
    if (!(await deleteUser(pool, request.params.id))) return sendProblem(reply, 404, missing)
    return reply.code(204).send()
  })

  server.get<WithId>('/users/:id/tokens', { config, schema: listTokensSchema }, async ({ params }, reply) => {
    const items = await listTokens(pool, params.id)
    if (items.length === 0 && !(await hasUser(pool, params.id))) return sendProblem(reply, 404, missing)
    return { items }
  })

  server.post<WithId & { Body: TokenWish }>(
    '/users/:id/tokens',
    { config, schema: issueTokenSchema },
    async (request, reply) => {
      const token = await issueToken(pool, request.params.id, request.body)
      if (!token) return sendProblem(reply, 404, missing)
      return reply.code(201).header('cache-control', 'no-store').send(token)
    },
  )

  server.delete<WithId>('/tokens/:id', { config, schema: withId }, async (request, reply) => {
    if (!(await revokeToken(pool, request.params.id)))
      return sendProblem(reply, 404, 'There is no such token, or it was revoked before.')
    return reply.code(204).send()
  })
}
