import type { FastifyInstance } from 'fastify'
import type { NewFeed } from '../feeds/feed.ts'
import { createFeed, deleteFeed, hasFeed, listFeeds, listItems, setFeedActive } from '../feeds/store.ts'
import { sendProblem } from './problems.ts'
import { createFeedSchema, listFeedsSchema, listItemsSchema, setFeedSchema } from './schemas/feeds.ts'
import { type WithId, withId } from './schemas/shared.ts'
import type { ApiParts } from './server.ts'

const missing = 'There is no such feed.'

export function addFeedRoutes(server: FastifyInstance, { pool }: ApiParts): void {
  server.get('/feeds', { schema: listFeedsSchema }, async () => ({ items: await listFeeds(pool) }))

  server.post<{ Body: NewFeed }>('/feeds', { schema: createFeedSchema }, async (request, reply) => {
    const feed = await createFeed(pool, request.body)
    if (!feed) return sendProblem(reply, 409, `There is a feed ${request.body.name} already.`)
    return reply.code(201).send(feed)
  })

  server.put<WithId & { Body: { active: boolean } }>(
    '/feeds/:id',
    { schema: setFeedSchema },
    async ({ params, body }, reply) =>
      (await setFeedActive(pool, params.id, body.active)) ?? sendProblem(reply, 404, missing),
  )

  server.delete<WithId>('/feeds/:id', { schema: withId }, async ({ params }, reply) => {
    if (!(await deleteFeed(pool, params.id))) return sendProblem(reply, 404, missing)
    return reply.code(204).send()
  })

  server.get<WithId>('/feeds/:id/items', { schema: listItemsSchema }, async ({ params }, reply) => {
    const items = await listItems(pool, params.id)
    if (items.length === 0 && !(await hasFeed(pool, params.id))) return sendProblem(reply, 404, missing)
    return { items }
  })
}
