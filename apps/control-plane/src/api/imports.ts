import type { FastifyInstance } from 'fastify'
import { createImport, findImport, listImportErrors } from '../transfers/import-store.ts'
import { readItems, UnreadableContentError } from '../transfers/read-items.ts'
import type { Format } from '../transfers/transfer.ts'
import { sendProblem } from './problems.ts'
import type { WithId } from './schemas/shared.ts'
import { createImportSchema, importErrorsSchema, oneImportSchema } from './schemas/transfers.ts'
import type { ApiParts } from './server.ts'

const bodyLimit = 1024 * 1024
const missing = 'There is no such import.'

export function addImportRoutes(server: FastifyInstance, { pool, queue }: ApiParts): void {
  // In here bodies are text: what is imported is read by the one reader, whichever format it is in.
  server.register(async texts => {
    for (const type of ['text/csv', 'application/json'])
      texts.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) => done(null, body))

    texts.post<{ Body: string }>(
      '/imports',
      { schema: createImportSchema, bodyLimit },
      async (request, reply) => {
        const format = /^\s*text\/csv/i.test(request.headers['content-type'] ?? '') ? 'csv' : 'json'
        const items = countItems(request.body, format)
        if (typeof items === 'string') return sendProblem(reply, 400, items)
        // Acknowledged when the row is there; who works on it, and when, is another question.
        const created = await createImport(pool, { format, content: request.body, items })
        await queue?.announce('import', created.id)
        return reply.code(202).header('location', `/imports/${created.id}`).send(created)
      },
    )
  })

  server.get<WithId>(
    '/imports/:id',
    { schema: oneImportSchema },
    async ({ params }, reply) => (await findImport(pool, params.id)) ?? sendProblem(reply, 404, missing),
  )

  server.get<WithId>('/imports/:id/errors', { schema: importErrorsSchema }, async ({ params }, reply) => {
    const items = await listImportErrors(pool, params.id)
    if (items.length === 0 && !(await findImport(pool, params.id))) return sendProblem(reply, 404, missing)
    return { items }
  })
}

function countItems(content: string, format: Format): number | string {
  try {
    // PostgreSQL has no text with it.
    if (content.includes('\0')) return 'It has a NUL in it.'
    return readItems(content, format).length
  } catch (error) {
    if (error instanceof UnreadableContentError) return error.message
    throw error
  }
}
