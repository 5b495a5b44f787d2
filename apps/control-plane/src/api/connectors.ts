import type { FastifyInstance } from 'fastify'
import type { ConnectorKind } from '../connectors/connector.ts'
import { listConnectors, putConnector } from '../connectors/store.ts'
import { listConnectorsSchema, putConnectorSchema } from './schemas/connectors.ts'
import type { ApiParts } from './server.ts'

export function addConnectorRoutes(server: FastifyInstance, { pool }: ApiParts): void {
  server.get('/connectors', { schema: listConnectorsSchema }, async () => ({
    items: await listConnectors(pool),
  }))

  server.put<{ Params: { kind: ConnectorKind }; Body: { url: string; enabled?: boolean } }>(
    '/connectors/:kind',
    { config: { role: 'admin' }, schema: putConnectorSchema },
    ({ params, body }) => putConnector(pool, params.kind, { url: body.url, enabled: body.enabled ?? true }),
  )
}
