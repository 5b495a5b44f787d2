import { ExpressAdapter } from '@nestjs/platform-express'
import { serve } from './nest-routes.mjs'

await serve(new ExpressAdapter())
