import { startIoredis } from './database/ioredis.ts'
import { startNodeRedis } from './database/node-redis.ts'
import { startPg } from './database/pg.ts'
import { startExpress } from './http/express.ts'
import { startFastify } from './http/fastify.ts'
import { startHttpServer } from './http/server.ts'
import { startBullmq } from './queue/bullmq.ts'
import { startRuntime } from './runtime/runtime.ts'
import type { Instrumentation } from './start.ts'

/** Every instrumentation there is, by the name that OpenTelemetry's own variables call it by. */
export const instrumentations: Record<string, Instrumentation> = {
  http: startHttpServer,
  fastify: startFastify,
  express: startExpress,
  pg: startPg,
  ioredis: startIoredis,
  redis: startNodeRedis,
  bullmq: startBullmq,
  'runtime-node': startRuntime,
}
