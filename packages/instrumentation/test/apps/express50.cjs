// Express 5.0 with the router of its time, which published nothing.
const Module = require('node:module')

const resolve = Module._resolveFilename
Module._resolveFilename = function (request, ...rest) {
  return resolve.call(this, request === 'router' ? 'router22' : request, ...rest)
}
require('./express-routes.cjs')(require('express50'))
