// Nest is ESM only; a CommonJS app of Node 22.12 or newer requires it all the same.
const { FastifyAdapter } = require('@nestjs/platform-fastify')

import('./nest-routes.mjs').then(({ serve }) => serve(new FastifyAdapter()))
