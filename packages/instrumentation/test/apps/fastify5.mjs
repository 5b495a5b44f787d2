import fastify from 'fastify'
import serve from './fastify-routes.cjs'

serve(fastify())
