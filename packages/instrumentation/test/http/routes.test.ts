import { afterEach, describe, expect, test } from 'vitest'
import { type App, startApp } from '../app.ts'
import { countRequests } from '../requests.ts'

let app: App
afterEach(() => app.stop())

describe.each(['express4.cjs', 'express4.mjs', 'express5.cjs', 'express5.mjs'])('%s', name => {
  test('records the pattern a request matched, through every router it was mounted under', async () => {
    app = await startApp(name)
    for (const path of ['/', '/hello', '/hello?x=1', '/fails', '/v1', '/v2', '/nowhere/7', '/locked/8']) {
      await app.get(path)
    }
    await Promise.all(['a', 'b', 'c'].map(id => app.get(`/tenants/t-${id}/users/${id}`)))
    for (const path of ['/users', '/users/u1/posts', '/users/u1/posts/p1', '/users/u2/posts/p2', '/last']) {
      await app.get(`/tenants/t1${path}`)
    }
    await app.get('/admin/status')
    await app.get('/hello', { method: 'HEAD' })

    expect(await countRequests(app)).toEqual({
      'GET 200 /': 1,
      'GET 200 /hello': 2,
      'HEAD 200 /hello': 1,
      'GET 500 /fails 500': 1,
      [`GET 200 ${String(/^\/v\d+$/)}`]: 2,
      'GET 404 -': 1,
      'GET 401 -': 1,
      'GET 200 /tenants/:tenant/users': 1,
      'GET 200 /tenants/:tenant/users/:id': 3,
      'GET 200 /tenants/:tenant/users/:id/posts': 1,
      'GET 200 /tenants/:tenant/users/:id/posts/:post': 2,
      'GET 200 /tenants/:tenant/last': 1,
      'GET 200 /admin/status': 1,
    })
  })
})

describe.each(['fastify5.cjs', 'fastify5.mjs', 'fastify4.cjs'])('%s', name => {
  test('records the pattern a request matched, also when its handler was never reached', async () => {
    app = await startApp(name)
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
    for (const path of ['/hello', '/fails', '/nowhere/7']) await app.get(path)
    for (const id of ['a', 'b', 'c']) await app.get(`/api/users/${id}`, { headers: { authorization: 'x' } })
    await app.get('/api/users/d')
    await app.get('/checked', { ...json, body: '{}' })
    await app.get('/checked', { ...json, body: '{"name":"n"}' })
    await app.get('/hello', { method: 'HEAD' })

    expect(await countRequests(app)).toEqual({
      'GET 200 /hello': 1,
      'HEAD 200 /hello': 1,
      'GET 500 /fails 500': 1,
      'GET 404 -': 1,
      'GET 200 /api/users/:id': 3,
      'GET 401 /api/users/:id': 1,
      'POST 400 /checked': 1,
      'POST 200 /checked': 1,
    })
  })
})

test('frameworks that are switched off leave requests without a route', async () => {
  app = await startApp('fastify5.cjs', { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'fastify' })
  await app.get('/hello')
  expect(await countRequests(app)).toEqual({ 'GET 200 -': 1 })
})
