exports.cjs = () => [require('koa'), require('@koa/router')]
exports.esm = () => [import('koa'), import('@koa/router')]

exports.serve = (Koa, router) => {
  const Router = router.Router ?? router
  const app = new Koa()
  app.silent = true
  const routes = new Router()
  routes.get('/hello', context => {
    context.body = 'hello'
  })
  routes.get('/users/:id', context => {
    context.body = 'user'
  })
  routes.post('/users', context => {
    context.status = 201
    context.body = 'made'
  })
  routes.get('/fails', () => {
    throw new Error('on purpose')
  })
  app.use(routes.routes())
  const server = app.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`))
}
