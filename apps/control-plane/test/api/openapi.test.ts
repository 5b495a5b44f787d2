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
  expect(Object.keys(create.responses['4XX'].content)).toEqual(['application/problem+json'])
  // OpenAPI 3.1 has no "nullable".
  expect(JSON.stringify(body)).not.toContain('nullable')
  expect(create.responses['201'].content['application/json'].schema.properties.ring.type).toEqual([
    'string',
    'null',
  ])
  expect([body.security, create.security]).toEqual([[{ token: [] }], undefined])
  expect([body.paths['/healthz'].get.security, body.paths['/readyz'].get.security]).toEqual([[], []])
  expect(Object.keys(body.paths['/exports/{id}/content'].get.responses['200'].content)).toEqual([
    'text/csv',
    'application/json',
  ])
  expect(Object.keys(body.paths['/imports'].post.requestBody.content)).toEqual([
    'text/csv',
    'application/json',
  ])
})

test('shows the description as a page', async () => {
  const response = await fetch(`${backend.url}/docs`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(await response.text()).toContain('swagger-ui')
})
