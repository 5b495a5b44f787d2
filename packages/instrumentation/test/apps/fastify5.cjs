require('./fastify-routes.cjs')(require('fastify')())
