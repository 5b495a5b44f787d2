import { startIoredis } from './database/ioredis.ts'
import { startNodeRedis } from './database/node-redis.ts'
import { startPg } from './database/pg.ts'
import { startHttp } from './http/http.ts'
import { startExpress } from './http/routes/express.ts'
import { startFastify } from './http/routes/fastify.ts'
import { startHapi } from './http/routes/hapi.ts'
import { startKoa } from './http/routes/koa.ts'
import { startRestify } from './http/routes/restify.ts'
import { startRouter } from './http/routes/router.ts'
import { startUndici } from './http/undici.ts'
import { startBullmq } from './queue/bullmq.ts'
import { startRuntime } from './runtime/runtime.ts'
import type { Instrumentation } from './start.ts'

/** Every instrumentation there is, by the name that OpenTelemetry's own variables call it by. */
export const instrumentations: Record<string, Instrumentation> = {
  http: startHttp,
  undici: startUndici,
  fastify: startFastify,
  express: startExpress,
  router: startRouter,
  koa: startKoa,
  hapi: startHapi,
  restify: startRestify,
  pg: startPg,
  ioredis: startIoredis,
  redis: startNodeRedis,
  bullmq: startBullmq,
  'runtime-node': startRuntime,
}
