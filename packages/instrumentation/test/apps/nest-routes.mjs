// The routes that Nest serves on any platform. Decorators are called by hand: this is JavaScript.
import 'reflect-metadata'
import {
  Controller,
  ForbiddenException,
  Get,
  Module,
  RequestMethod,
  UseGuards,
  Version,
  VersioningType,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'

export async function serve(adapter) {
  const app = await NestFactory.create(AppModule, adapter, { logger: false })
  app.setGlobalPrefix('api', { exclude: [{ path: 'hello', method: RequestMethod.ALL }] })
  app.enableVersioning({ type: VersioningType.URI })
  await app.listen(0, '127.0.0.1')
  process.send({ port: app.getHttpServer().address().port })
}

class HelloController {
  hello() {
    return 'hello'
  }
  fails() {
    throw new Error('on purpose')
  }
}
class UsersController {
  list() {
    return 'users'
  }
  one() {
    return 'user'
  }
  oneAgain() {
    return 'another user'
  }
  locked() {
    return 'open'
  }
}
class Guard {
  canActivate() {
    throw new ForbiddenException()
  }
}
class AppModule {
  configure(consumer) {
    consumer.apply((_request, _response, next) => setTimeout(next, 1)).forRoutes(UsersController)
  }
}

route(HelloController, 'hello', Get('hello'))
route(HelloController, 'fails', Get('fails'))
Controller()(HelloController)
route(UsersController, 'list', Get())
route(UsersController, 'one', Get(':id'), Version('1'))
route(UsersController, 'oneAgain', Get(':id'), Version('2'))
route(UsersController, 'locked', Get(':id/locked'), Version('1'), UseGuards(Guard))
Controller({ path: 'tenants/:tenant/users' })(UsersController)
Module({ controllers: [HelloController, UsersController] })(AppModule)

function route(controller, name, ...decorators) {
  const descriptor = Object.getOwnPropertyDescriptor(controller.prototype, name)
  for (const decorate of decorators) decorate(controller.prototype, name, descriptor)
}
