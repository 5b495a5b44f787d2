import { createRequire } from 'node:module'
import { hookNodePgMigrate } from './database/node-pg-migrate.ts'
import { startHttpServer } from './http/server.ts'
import type { Instrumentation } from './instrumentation.ts'
import { startRuntime } from './runtime/runtime.ts'

/**
 * Every instrumentation there is, by the name that OpenTelemetry's own variables call it by. What is here is loaded at
 * the start of every process; what `load` returns is a file of its own, loaded when its library first is.
 */
export const instrumentations: Record<string, Instrumentation> = {
  http: {
    eager: startHttpServer,
    channels: ['http.client.request.created', 'http.client.request.start'],
    load: () => chunk<typeof import('./http/client.ts')>('http-client').startHttpClient,
  },
  undici: {
    channels: ['undici:request:create'],
    load: () => chunk<typeof import('./http/undici.ts')>('undici').startUndici,
  },
  fastify: {
    channels: ['fastify.initialization'],
    load: () => chunk<typeof import('./http/routes/fastify.ts')>('fastify').startFastify,
  },
  express: {
    files: { express: ['lib/router/index.js', 'lib/router/layer.js'], router: ['lib/layer.js'] },
    channels: ['tracing:express.router.request:start'],
    load: () => chunk<typeof import('./http/routes/express.ts')>('express').startExpress,
  },
  router: {
    files: { router: ['lib/layer.js'] },
    channels: ['tracing:express.router.request:start'],
    load: () => chunk<typeof import('./http/routes/router.ts')>('router').startRouter,
  },
  koa: {
    files: { koa: ['lib/application.js'] },
    load: () => chunk<typeof import('./http/routes/koa.ts')>('koa').startKoa,
  },
  hapi: {
    files: { '@hapi/hapi': ['lib/request.js'] },
    load: () => chunk<typeof import('./http/routes/hapi.ts')>('hapi').startHapi,
  },
  restify: {
    files: { restify: ['lib/router.js'] },
    load: () => chunk<typeof import('./http/routes/restify.ts')>('restify').startRestify,
  },
  pg: {
    eager: hookNodePgMigrate,
    files: { pg: ['lib/client.js', 'lib/native/client.js'], 'pg-pool': ['index.js'] },
    channels: ['tutti:migrations'],
    load: () => chunk<typeof import('./database/pg.ts')>('pg').startPg,
  },
  ioredis: {
    files: {
      ioredis: [
        'built/Redis.js',
        'built/redis/index.js',
        'built/cluster/index.js',
        'built/Pipeline.js',
        'built/pipeline.js',
      ],
    },
    channels: ['tracing:ioredis:command:start'],
    load: () => chunk<typeof import('./database/ioredis.ts')>('ioredis').startIoredis,
  },
  redis: {
    files: {
      '@redis/client': [
        'dist/lib/client/commands-queue.js',
        'dist/lib/client/socket.js',
        'dist/lib/client/index.js',
        'dist/lib/commander.js',
      ],
    },
    channels: ['tracing:node-redis:command:start'],
    load: () => chunk<typeof import('./database/node-redis.ts')>('node-redis').startNodeRedis,
  },
  bullmq: {
    files: {
      bullmq: [
        'dist/cjs/classes/queue.js',
        'dist/cjs/classes/flow-producer.js',
        'dist/cjs/classes/worker.js',
      ],
    },
    load: () => chunk<typeof import('./queue/bullmq.ts')>('bullmq').startBullmq,
  },
  'runtime-node': { eager: startRuntime },
}

/** tsdown.config.ts names these files. They are next to this one, wherever the app runs. */
function chunk<Exports>(name: string): Exports {
  return createRequire(import.meta.url)(`./${name}.cjs`) as Exports
}
