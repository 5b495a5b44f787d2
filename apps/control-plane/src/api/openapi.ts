import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import manifest from '../../package.json' with { type: 'json' }
import { problem } from './schemas/shared.ts'

/** The OpenAPI document, made from the routes' own schemas: `/docs/json`, and `/docs` to look at and to try. */
export async function describeApi(server: FastifyInstance): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Control plane',
        description: `Rolls deployments out, ring by ring. Whatever goes wrong is a problem document (RFC 9457).`,
        version: manifest.version,
      },
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      },
      security: [{ token: [] }],
    },
    transform: ({ schema, url }) => ({ schema: withProblems(schema), url }),
  })
  await server.register(swaggerUi, { routePrefix: '/docs' })
}

function withProblems(schema: object | undefined): object {
  const described: { response?: object } = { ...schema }
  const wrong = {
    description: problem.description,
    content: { 'application/problem+json': { schema: problem } },
  }
  return { ...described, response: { ...described.response, '4xx': wrong, '5xx': wrong } }
}
