exports.cjs = () => [require('@hapi/hapi')]
exports.esm = () => [import('@hapi/hapi')]

exports.serve = async hapi => {
  const server = hapi.server({ port: 0, host: '127.0.0.1', debug: false })
  server.route([
    { method: 'GET', path: '/hello', handler: () => 'hello' },
    { method: 'GET', path: '/users/{id}', handler: () => 'user' },
    { method: 'POST', path: '/users', handler: (_request, h) => h.response('made').code(201) },
    {
      method: 'GET',
      path: '/fails',
      handler: () => {
        throw new Error('on purpose')
      },
    },
  ])
  await server.start()
  console.log(`listening ${server.info.port}`)
}
