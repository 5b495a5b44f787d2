// Express 5.0 with the router of its time, which published nothing.
const Module = require('node:module')

const routerBefore23 = require.resolve('router22')
const resolve = Module._resolveFilename
Module._resolveFilename = function (request, ...rest) {
  return request === 'router' ? routerBefore23 : resolve.call(this, request, ...rest)
}
require('./express-routes.cjs')(require('express50'))
