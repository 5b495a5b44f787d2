// Nest is ESM only; a CommonJS app of Node 22.12 or newer requires it all the same.
const { ExpressAdapter } = require('@nestjs/platform-express')

import('./nest-routes.mjs').then(({ serve }) => serve(new ExpressAdapter()))
