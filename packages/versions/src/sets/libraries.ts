/** The libraries that Tutti records metrics of, by their name on npm: the ranges that @tutti/instrumentation supports. */
export const libraries: Readonly<Record<string, string>> = {
  '@hapi/hapi': '^21.0.0',
  '@koa/router': '>=8.0.0 <16.0.0',
  '@nestjs/core': '>=10.0.0 <13.0.0',
  '@redis/client': '>=1.0.0 <2.0.0 || >=5.0.0 <7.0.0',
  bullmq: '^6.0.0',
  express: '>=4.0.0 <6.0.0',
  fastify: '>=3.0.0 <6.0.0',
  ioredis: '>=4.0.0 <7.0.0',
  koa: '>=2.0.0 <4.0.0',
  'node-pg-migrate': '^9.0.0',
  pg: '^8.0.0',
  'pg-pool': '^3.0.0',
  redis: '>=4.0.0 <7.0.0',
  restify: '^12.0.0',
  router: '^2.0.0',
  undici: '>=7.0.0 <9.0.0',
}
