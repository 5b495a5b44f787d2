exports.cjs = () => [require('@nestjs/core'), require('@nestjs/common'), require('@nestjs/platform-fastify')]
exports.esm = () => [import('@nestjs/core'), import('@nestjs/common'), import('@nestjs/platform-fastify')]
exports.serve = require('./nest.cjs').serve
