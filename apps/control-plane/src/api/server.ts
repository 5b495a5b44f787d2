import fastify, { type FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { DeploymentCache } from '../deployments/cache.ts'
import { addDeploymentRoutes } from './deployments.ts'
import { addHealthRoutes } from './health.ts'
import { answerProblems } from './problems.ts'

export interface ApiParts {
  pool: Pool
  cache: DeploymentCache | undefined
  ringSoakMs: number
}

export function buildServer(parts: ApiParts): FastifyInstance {
  const server = fastify({
    logger: { level: 'error' },
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    // What a client sends is taken as it is or refused, never bent into shape.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  })
  answerProblems(server)
  addHealthRoutes(server, parts)
  addDeploymentRoutes(server, parts)
  return server
}
