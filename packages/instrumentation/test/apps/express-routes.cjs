// The routes that both versions of Express serve, whether the app is CommonJS or ESM.
module.exports = function serve(express, catchAll = '*all') {
  const later = (_request, _response, next) => setTimeout(next, 1)
  const app = express()
  app.use(later)
  app.get('/', (_request, response) => response.send('root'))
  app.get('/hello', (_request, response) => response.send('hello'))
  app.get('/fails', () => {
    throw new Error('on purpose')
  })
  app.get(/^\/v\d+$/, (_request, response) => response.send('version'))

  const posts = express.Router({ mergeParams: true })
  posts.use(later)
  posts.get('/', (_request, response) => response.send('posts'))
  posts.get('/:post', later, (_request, response) => response.send('post'))
  const users = express.Router()
  users.use('/nothing', (_request, _response, next) => next())
  users.param('id', (_request, _response, next) => next())
  users.get('/', (_request, response) => response.send('users'))
  users.use('/:id/posts', later, posts)
  users.get('/:id', later, (_request, response) => response.send('user'))
  const empty = express.Router()
  empty.get('/other', (_request, response) => response.send('other'))
  app.use('/tenants/:tenant/users', empty)
  app.use('/tenants/:tenant/users', users)

  const admin = express()
  admin.get('/status', (_request, response) => response.send('status'))
  app.use('/admin', admin)
  app.get('/tenants/:tenant/last', (_request, response) => response.send('last'))
  app.use('/locked', (_request, response) => response.status(401).end())
  app.all(catchAll, (_request, response) => response.status(404).send('not found'))
  // biome-ignore lint/correctness/noUnusedFunctionParameters: Express knows an error handler by its four parameters.
  app.use((error, request, response, next) => response.status(500).end())
  const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
}
