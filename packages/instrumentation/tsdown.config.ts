import { defineConfig, type UserConfig } from 'tsdown'

// CommonJS only: a process that imports and one that requires it, or both, have one instance; and what is loaded later
// has to be loaded synchronously.
const config: UserConfig = defineConfig({
  entry: {
    index: 'src/index.ts',
    // One file each, which src/instrumentations.ts loads when the library is.
    bullmq: 'src/queue/bullmq.ts',
    express: 'src/http/routes/express.ts',
    fastify: 'src/http/routes/fastify.ts',
    hapi: 'src/http/routes/hapi.ts',
    'http-client': 'src/http/client.ts',
    ioredis: 'src/database/ioredis.ts',
    koa: 'src/http/routes/koa.ts',
    'node-redis': 'src/database/node-redis.ts',
    pg: 'src/database/pg.ts',
    restify: 'src/http/routes/restify.ts',
    router: 'src/http/routes/router.ts',
    undici: 'src/http/undici.ts',
  },
  format: 'cjs',
  target: 'node20',
  dts: { oxc: true, entry: ['src/index.ts'] },
  // OpenTelemetry's runtime instrumentation is bundled, on a base class that wraps no module loader, and with the two
  // numbers of the API that it needs: all hundred files of it would be loaded at every start of every process.
  alias: { '@opentelemetry/instrumentation': new URL('./src/runtime/base.ts', import.meta.url).pathname },
  deps: {
    onlyBundle: false,
    alwaysBundle: ['@opentelemetry/api'],
    dts: { neverBundle: ['@opentelemetry/api'] },
  },
  treeshake: { moduleSideEffects: false },
  outputOptions: {
    comments: { legal: true, annotation: false, jsdoc: false },
    // One file for what the entry shares with the others, instead of one for each two that share something.
    codeSplitting: {
      groups: [
        {
          name: 'shared',
          test: /src\/(?:channel|guard|handle|stop-all|database\/watch-promise|http\/methods|http\/boundaries|http\/routes\/route)\.ts$/,
        },
      ],
    },
  },
})

export default config
