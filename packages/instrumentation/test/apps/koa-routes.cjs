// The routes that both versions of Koa serve, whether the app is CommonJS or ESM.
module.exports = function serve(Koa, Router) {
  const app = new Koa()
  app.silent = true
  app.use(async (_context, next) => {
    await new Promise(resolve => setTimeout(resolve, 1))
    await next()
  })

  const router = new Router()
  router.get('/', context => (context.body = 'root'))
  router.get('/hello', context => (context.body = 'hello'))
  router.get('/fails', () => {
    throw new Error('on purpose')
  })
  router.get(/^\/v\d+$/, context => (context.body = 'version'))

  const posts = new Router()
  posts.get('/', context => (context.body = 'posts'))
  posts.get('/:post', context => (context.body = 'post'))
  const users = new Router({ prefix: '/users' })
  users.get('/', context => (context.body = 'users'))
  users.get('/me', (_context, next) => next())
  users.get('/:id', context => (context.body = 'user'))
  users.use('/:id/posts', posts.routes(), posts.allowedMethods())
  const tenants = new Router({ prefix: '/tenants/:tenant' })
  tenants.use(users.routes())

  const locked = new Router({ prefix: '/locked' })
  locked.use(context => (context.status = 401))
  locked.get('/:door', context => (context.body = 'open'))

  for (const each of [router, tenants, locked]) app.use(each.routes()).use(each.allowedMethods())
  const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
}
