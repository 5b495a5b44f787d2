exports.cjs = () => [require('express')]
exports.esm = () => [import('express')]

exports.serve = express => {
  const app = express()
  const users = express.Router()
  users.get('/:id', (_request, response) => response.send('user'))
  users.post('/', (_request, response) => response.status(201).send('made'))
  app.get('/hello', (_request, response) => response.send('hello'))
  app.use('/users', users)
  app.get('/fails', () => {
    throw new Error('on purpose')
  })
  // biome-ignore lint/correctness/noUnusedFunctionParameters: Express knows an error handler by its four parameters.
  app.use((error, request, response, next) => response.status(500).end())
  const server = app.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`))
}
