// The router of Express 5 without Express.
const http = require('node:http')
const Router = require('router')

const router = Router()
router.get('/hello', (_request, response) => response.end('hello'))
const users = Router()
users.get('/:id', (_request, response) => response.end('user'))
router.use('/users', users)
const server = http.createServer((request, response) =>
  router(request, response, () => {
    response.statusCode = 404
    response.end()
  }),
)
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
