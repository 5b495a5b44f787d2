import Hapi from '@hapi/hapi'
import serve from './hapi-routes.cjs'

serve(Hapi)
