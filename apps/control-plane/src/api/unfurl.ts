import type { FastifyInstance } from 'fastify'
import { unfurl } from '../unfurl/unfurl.ts'
import { sendProblem } from './problems.ts'
import { unfurlSchema } from './schemas/unfurl.ts'
import type { ApiParts } from './server.ts'

export function addUnfurlRoute(server: FastifyInstance, { pool, fetchLimits }: ApiParts): void {
  server.post<{ Body: { url: string } }>('/unfurl', { schema: unfurlSchema }, async ({ body }, reply) => {
    const unfurled = await unfurl(pool, body.url, fetchLimits)
    // Why is for the log of who runs this, not for whoever looks for addresses that answer.
    if (unfurled.outcome === 'refused')
      return sendProblem(reply, 422, 'This address is not in the outside world.')
    if (unfurled.outcome === 'failure') return sendProblem(reply, 502, 'The page could not be read.')
    return { url: body.url, ...unfurled }
  })
}
