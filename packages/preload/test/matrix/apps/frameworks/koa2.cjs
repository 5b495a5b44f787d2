exports.cjs = () => [require('koa2'), require('@koa/router')]
exports.esm = () => [import('koa2'), import('@koa/router')]
exports.serve = require('./koa.cjs').serve
