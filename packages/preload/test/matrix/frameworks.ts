import type { NodeMajor } from '@tutti/test-servers'

export interface Framework {
  /** Its file in apps/frameworks. */
  name: string
  /** What it is installed as. */
  package?: string
  /** How it writes the routes of every app of the matrix; without them it has none. */
  routes?: { hello: string; user: string; make: string; fails: string }
  /** It says itself that it needs this Node; on older ones it is not started. */
  needsNode?: NodeMajor
}

const routes = { hello: '/hello', user: '/users/:id', make: '/users', fails: '/fails' }

/** A framework is a line here and a file in apps/frameworks. */
export const frameworks: readonly Framework[] = [
  { name: 'http' },
  { name: 'fastify', package: 'fastify', routes },
  { name: 'fastify4', package: 'fastify4', routes },
  { name: 'express', package: 'express', routes },
  { name: 'express4', package: 'express4', routes },
  { name: 'koa', package: 'koa', routes },
  { name: 'koa2', package: 'koa2', routes },
  { name: 'hapi', package: '@hapi/hapi', routes: { ...routes, user: '/users/{id}' } },
  { name: 'nest', package: '@nestjs/core', routes },
  { name: 'nest-fastify', package: '@nestjs/core', routes },
  { name: 'restify', package: 'restify', routes, needsNode: 22 },
]
