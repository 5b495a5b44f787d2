import fastify, { type FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { DeploymentCache } from '../deployments/cache.ts'
import type { FetchLimits } from '../fetching/fetch-text.ts'
import type { TransferQueue } from '../transfers/queue.ts'
import { createAuthenticate } from '../users/authenticate.ts'
import { authorize } from './authorization.ts'
import { addConnectorRoutes } from './connectors.ts'
import { addDeploymentActions } from './deployment-actions.ts'
import { addDeploymentRoutes } from './deployments.ts'
import { addExportRoutes } from './exports.ts'
import { addFeedRoutes } from './feeds.ts'
import { addHealthRoutes } from './health.ts'
import { addImportRoutes } from './imports.ts'
import { describeApi } from './openapi.ts'
import { answerProblems } from './problems.ts'
import { addUnfurlRoute } from './unfurl.ts'
import { addUserRoutes } from './users.ts'

export interface ApiParts {
  pool: Pool
  cache: DeploymentCache | undefined
  /** Undefined without Redis: then job workers find by themselves what there is to do. */
  queue: TransferQueue | undefined
  ringSoakMs: number
  tokenFreshMs: number
  fetchLimits: FetchLimits
}

export async function buildServer(parts: ApiParts): Promise<FastifyInstance> {
  const server = fastify({
    logger: { level: 'error' },
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    // What arrives while the process ends is answered like anything else, and its connection closed after it.
    return503OnClosing: false,
    // What a client sends is taken as it is or refused, never bent into shape.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  })
  answerProblems(server)
  // Before the routes: it describes those that are added after it.
  await describeApi(server)
  addHealthRoutes(server, parts)
  // What is added in here asks for a token; health, the description and pages that are not there do not.
  await server.register(async api => {
    authorize(api, createAuthenticate(parts.pool, parts.tokenFreshMs))
    addDeploymentRoutes(api, parts)
    addDeploymentActions(api, parts)
    addConnectorRoutes(api, parts)
    addFeedRoutes(api, parts)
    addImportRoutes(api, parts)
    addExportRoutes(api, parts)
    addUnfurlRoute(api, parts)
    addUserRoutes(api, parts)
    // Which of the workers answers, for whoever runs them.
    api.get('/process', { config: { role: 'admin' } }, () => ({ pid: process.pid }))
  })
  return server
}
