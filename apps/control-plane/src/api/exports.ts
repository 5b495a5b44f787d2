import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Status } from '../deployments/deployment.ts'
import { joinParts } from '../transfers/export-format.ts'
import { createExport, findExport, readParts } from '../transfers/export-store.ts'
import type { Format } from '../transfers/transfer.ts'
import { sendProblem } from './problems.ts'
import type { WithId } from './schemas/shared.ts'
import { createExportSchema, exportContentSchema, oneExportSchema } from './schemas/transfers.ts'
import type { ApiParts } from './server.ts'

const contentTypes: Record<Format, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

export function addExportRoutes(server: FastifyInstance, { pool, queue }: ApiParts): void {
  server.post<{ Body: { format: Format; status?: Status } }>(
    '/exports',
    { schema: createExportSchema },
    async ({ body }, reply) => {
      const created = await createExport(pool, body)
      await queue?.announce('export', created.id)
      return reply.code(202).header('location', `/exports/${created.id}`).send(created)
    },
  )

  server.get<WithId>(
    '/exports/:id',
    { schema: oneExportSchema },
    async ({ params }, reply) =>
      (await findExport(pool, params.id)) ?? sendProblem(reply, 404, 'There is no such export.'),
  )

  server.get<WithId>('/exports/:id/content', { schema: exportContentSchema }, async ({ params }, reply) => {
    const found = await findExport(pool, params.id)
    if (found?.status !== 'done')
      return sendProblem(reply, 404, 'There is no such export, or it is not done yet.')
    const content = joinParts(readParts(pool, found.id), found.format)
    return reply.type(contentTypes[found.format]).send(Readable.from(content))
  })
}
