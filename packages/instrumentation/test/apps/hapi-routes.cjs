// The routes that hapi serves, whether the app is CommonJS or ESM.
module.exports = async function serve(Hapi) {
  const server = Hapi.server({ port: 0, host: '127.0.0.1', debug: false })
  server.route([
    { method: 'GET', path: '/', handler: () => 'root' },
    { method: 'GET', path: '/hello', handler: () => 'hello' },
    {
      method: 'GET',
      path: '/fails',
      handler: () => {
        throw new Error('on purpose')
      },
    },
    { method: 'GET', path: '/files/{path*}', options: { cors: true }, handler: () => 'file' },
  ])
  server.auth.scheme('header', () => ({
    authenticate: (request, h) =>
      request.headers.authorization === undefined
        ? h.response('who are you').code(401).takeover()
        : h.authenticated({ credentials: {} }),
  }))
  server.auth.strategy('header', 'header')
  const users = {
    name: 'users',
    register: plugin =>
      plugin.route([
        { method: 'GET', path: '/', handler: () => 'users' },
        { method: 'GET', path: '/{id}', handler: () => 'user' },
        { method: '*', path: '/{id}/posts/{post?}', options: { auth: 'header' }, handler: () => 'posts' },
      ]),
  }
  await server.register(users, { routes: { prefix: '/tenants/{tenant}/users' } })
  await server.start()
  process.send({ port: server.info.port })
}
