exports.cjs = () => [require('@nestjs/core'), require('@nestjs/common'), require('@nestjs/platform-express')]
exports.esm = () => [import('@nestjs/core'), import('@nestjs/common'), import('@nestjs/platform-express')]

/** What TypeScript makes of a controller with decorators, written out. */
exports.serve = async ({ NestFactory }, { Controller, Get, Module, Post }, platform) => {
  require('reflect-metadata')
  class Users {
    hello() {
      return 'hello'
    }
    user() {
      return 'user'
    }
    make() {
      return 'made'
    }
    fails() {
      throw new Error('on purpose')
    }
  }
  const decorate = (decorator, method) =>
    decorator(Users.prototype, method, Object.getOwnPropertyDescriptor(Users.prototype, method))
  decorate(Get('hello'), 'hello')
  decorate(Get('users/:id'), 'user')
  decorate(Post('users'), 'make')
  decorate(Get('fails'), 'fails')
  Controller()(Users)
  class App {}
  Module({ controllers: [Users] })(App)
  const Adapter = platform.ExpressAdapter ?? platform.FastifyAdapter
  const app = await NestFactory.create(App, new Adapter(), { logger: false })
  await app.listen(0, '127.0.0.1')
  console.log(`listening ${app.getHttpServer().address().port}`)
}
