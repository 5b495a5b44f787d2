import { afterEach, describe, expect, test } from 'vitest'
import { type App, startApp } from '../../app.ts'
import { countRequests } from '../../requests.ts'

let app: App
afterEach(() => app.stop())

describe.each([
  'express4.cjs',
  'express4.mjs',
  'express50.cjs',
  'express52.mjs',
  'express5.cjs',
  'express5.mjs',
])('%s', name => {
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

describe.each(['koa3.cjs', 'koa3.mjs', 'koa2.cjs', 'koa2.mjs'])('%s', name => {
  test('records the pattern a request matched, through every router it was mounted under', async () => {
    app = await startApp(name)
    for (const path of ['/', '/hello', '/hello?x=1', '/fails', '/v1', '/v2', '/nowhere/7'])
      await app.get(path)
    await Promise.all(['a', 'b', 'c'].map(id => app.get(`/tenants/t-${id}/users/${id}`)))
    for (const path of ['/users', '/users/me', '/users/u1/posts', '/users/u1/posts/p1']) {
      await app.get(`/tenants/t1${path}`)
    }
    await app.get('/locked/front')
    await app.get('/hello', { method: 'HEAD' })
    await app.get('/hello', { method: 'POST' })
    await app.get('/hello', { method: 'OPTIONS' })

    expect(await countRequests(app)).toEqual({
      'GET 200 /': 1,
      'GET 200 /hello': 2,
      'HEAD 200 /hello': 1,
      'GET 500 /fails 500': 1,
      [`GET 200 ${String(/^\/v\d+$/)}`]: 2,
      'GET 404 -': 1,
      'GET 401 /locked/:door': 1,
      'POST 405 -': 1,
      'OPTIONS 200 -': 1,
      'GET 200 /tenants/:tenant/users': 1,
      'GET 200 /tenants/:tenant/users/:id': 4,
      'GET 200 /tenants/:tenant/users/:id/posts': 1,
      'GET 200 /tenants/:tenant/users/:id/posts/:post': 1,
    })
  })
})

describe.each(['hapi.cjs', 'hapi.mjs'])('%s', name => {
  test('records the pattern a request matched, also when it was not let in', async () => {
    app = await startApp(name)
    for (const path of ['/', '/hello', '/hello?x=1', '/fails', '/nowhere/7', '/files/a/b'])
      await app.get(path)
    await Promise.all(['a', 'b', 'c'].map(id => app.get(`/tenants/t-${id}/users/${id}`)))
    await app.get('/tenants/t1/users')
    await app.get('/tenants/t1/users/u1/posts/p1')
    await app.get('/tenants/t1/users/u1/posts/p1', { method: 'PUT', headers: { authorization: 'x' } })
    await app.get('/hello', { method: 'HEAD' })
    await app.get('/hello', { method: 'POST' })
    await app.get('/files/a', {
      method: 'OPTIONS',
      headers: { origin: 'http://a.example', 'access-control-request-method': 'GET' },
    })

    expect(await countRequests(app)).toEqual({
      'GET 200 /': 1,
      'GET 200 /hello': 2,
      'HEAD 200 /hello': 1,
      'GET 500 /fails 500': 1,
      'GET 404 -': 1,
      'POST 404 -': 1,
      'OPTIONS 200 -': 1,
      'GET 200 /files/{path*}': 1,
      'GET 200 /tenants/{tenant}/users': 1,
      'GET 200 /tenants/{tenant}/users/{id}': 3,
      'GET 401 /tenants/{tenant}/users/{id}/posts/{post?}': 1,
      'PUT 200 /tenants/{tenant}/users/{id}/posts/{post?}': 1,
    })
  })
})

describe.each(['restify.cjs', 'restify.mjs'])('%s', name => {
  test('records the pattern a request matched, also when it was not let in', async () => {
    app = await startApp(name)
    for (const path of ['/', '/hello', '/hello?x=1', '/fails', '/nowhere/7', '/locked/8']) await app.get(path)
    await Promise.all(['a', 'b', 'c'].map(id => app.get(`/tenants/t-${id}/users/${id}`)))
    await app.get('/tenants/t1/users/u1/posts/p1')
    await app.get('/hello', { method: 'HEAD' })
    await app.get('/hello', { method: 'POST' })

    expect(await countRequests(app)).toEqual({
      'GET 200 /': 1,
      'GET 200 /hello': 2,
      'HEAD 200 /hello': 1,
      'GET 500 /fails 500': 1,
      'GET 404 -': 1,
      'POST 405 -': 1,
      'GET 401 /locked/:door': 1,
      'GET 200 /tenants/:tenant/users/:id': 3,
      'GET 200 /tenants/:tenant/users/:id/posts/:post': 1,
    })
  })
})

describe.each(['nest-express.mjs', 'nest-express.cjs', 'nest-fastify.mjs', 'nest-fastify.cjs'])(
  '%s',
  name => {
    test('records the whole pattern, with the prefix and the version', async () => {
      app = await startApp(name)
      for (const path of ['/hello', '/hello?x=1', '/api/fails', '/nowhere/7', '/api/tenants/t/users']) {
        await app.get(path)
      }
      await Promise.all(['a', 'b', 'c'].map(id => app.get(`/api/v1/tenants/t-${id}/users/${id}`)))
      await app.get('/api/v2/tenants/t1/users/u1')
      await app.get('/api/v1/tenants/t1/users/u1/locked')
      await app.get('/api/nowhere')
      await app.get('/hello', { method: 'HEAD' })

      expect(await countRequests(app)).toEqual({
        'GET 404 -': 2,
        'GET 200 /hello': 2,
        'HEAD 200 /hello': 1,
        'GET 500 /api/fails 500': 1,
        'GET 200 /api/tenants/:tenant/users': 1,
        'GET 200 /api/v1/tenants/:tenant/users/:id': 3,
        'GET 200 /api/v2/tenants/:tenant/users/:id': 1,
        'GET 403 /api/v1/tenants/:tenant/users/:id/locked': 1,
      })
    })
  },
)

test('the router package alone has routes too', async () => {
  app = await startApp('router.cjs')
  await app.get('/hello')
  await app.get('/users/u1')
  expect(await countRequests(app)).toEqual({ 'GET 200 /hello': 1, 'GET 200 /users/:id': 1 })
})

describe.each([
  ['fastify5.cjs', 'fastify'],
  ['express4.cjs', 'express'],
  ['express50.cjs', 'express'],
  ['express5.cjs', 'express'],
  ['koa3.cjs', 'koa'],
  ['hapi.cjs', 'hapi'],
  ['restify.cjs', 'restify'],
  ['router.cjs', 'router'],
])('%s without %s', (file, name) => {
  test('a framework that is switched off leaves requests without a route', async () => {
    app = await startApp(file, { OTEL_NODE_DISABLED_INSTRUMENTATIONS: name })
    await app.get('/hello')
    expect(await countRequests(app)).toEqual({ 'GET 200 -': 1 })
  })
})
