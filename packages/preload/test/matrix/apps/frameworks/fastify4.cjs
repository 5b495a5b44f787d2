exports.cjs = () => [require('fastify4')]
exports.esm = () => [import('fastify4')]
exports.serve = require('./fastify.cjs').serve
