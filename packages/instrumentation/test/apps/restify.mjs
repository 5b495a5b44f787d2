import restify from 'restify'
import serve from './restify-routes.cjs'

serve(restify)
