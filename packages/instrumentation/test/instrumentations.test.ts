import { createNoopMeter } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { startIoredis } from '../src/database/ioredis.ts'
import { startNodeRedis } from '../src/database/node-redis.ts'
import { startPg } from '../src/database/pg.ts'
import { startExpress } from '../src/http/routes/express.ts'
import { startHapi } from '../src/http/routes/hapi.ts'
import { startKoa } from '../src/http/routes/koa.ts'
import { startRestify } from '../src/http/routes/restify.ts'
import { startRouter } from '../src/http/routes/router.ts'
import type { Start } from '../src/instrumentation.ts'
import { instrumentations } from '../src/instrumentations.ts'
import { startBullmq } from '../src/queue/bullmq.ts'

const PATCHING: Record<string, Start> = {
  express: startExpress,
  router: startRouter,
  koa: startKoa,
  hapi: startHapi,
  restify: startRestify,
  pg: startPg,
  ioredis: startIoredis,
  redis: startNodeRedis,
  bullmq: startBullmq,
}

test('what patches files is known, of all that is loaded late', () => {
  const names = Object.keys(instrumentations).filter(name => instrumentations[name]!.files !== undefined)
  expect(names).toEqual(Object.keys(PATCHING))
})

test.each(Object.entries(PATCHING))(
  '%s is loaded by the first of all files that it patches',
  (name, start) => {
    const patched = new Set<string>()
    const stop = start({
      meter: createNoopMeter(),
      env: {},
      warn: () => {},
      hook: {
        onLoad: (packageName, file) => void patched.add(`${packageName}/${file}`),
        packageNames: () => [],
        stop: () => {},
      },
    })
    stop()
    const listed = Object.entries(instrumentations[name]!.files!).flatMap(([packageName, files]) =>
      files.map(file => `${packageName}/${file}`),
    )
    expect([...patched].sort()).toEqual(listed.sort())
  },
)
