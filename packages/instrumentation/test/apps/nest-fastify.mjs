import { FastifyAdapter } from '@nestjs/platform-fastify'
import { serve } from './nest-routes.mjs'

await serve(new FastifyAdapter())
