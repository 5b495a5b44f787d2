import { afterAll, beforeAll, expect, test } from 'vitest'
import { askAs } from '../ask.ts'
import { type Backend, startBackend } from '../backend.ts'

let backend: Backend

beforeAll(async () => {
  backend = await startBackend()
})
afterAll(() => backend.stop())

test('describes every route of the API with what it takes and answers, to anybody', async () => {
  const { status, body } = await askAs(undefined, backend.url, '/docs/json')
  expect([status, body.openapi, body.info.title]).toEqual([200, '3.1.0', 'Control plane'])
  const operations = Object.entries<Record<string, unknown>>(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
  )
  expect(operations.sort()).toEqual([
    'DELETE /feeds/{id}',
    'DELETE /tokens/{id}',
    'DELETE /users/{id}',
    'GET /connectors',
    'GET /deployments',
    'GET /deployments/{id}',
    'GET /deployments/{id}/gates',
    'GET /exports/{id}',
    'GET /exports/{id}/content',
    'GET /feeds',
    'GET /feeds/{id}/items',
    'GET /healthz',
    'GET /imports/{id}',
    'GET /imports/{id}/errors',
    'GET /process',
    'GET /readyz',
    'GET /users',
    'GET /users/{id}/tokens',
    'POST /deployments',
    'POST /deployments/{id}/cancel',
    'POST /deployments/{id}/promote',
    'POST /deployments/{id}/roll-back',
    'POST /exports',
    'POST /feeds',
    'POST /imports',
    'POST /unfurl',
    'POST /users',
    'POST /users/{id}/tokens',
    'PUT /connectors/{kind}',
    'PUT /feeds/{id}',
  ])
  const create = body.paths['/deployments'].post
  expect(create.requestBody.content['application/json'].schema.required).toEqual(['service', 'version'])
  expect(Object.keys(create.responses).sort()).toEqual(['201', '4XX', '5XX'])
})

test('shows the description as a page', async () => {
  const response = await fetch(`${backend.url}/docs`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(await response.text()).toContain('swagger-ui')
})
