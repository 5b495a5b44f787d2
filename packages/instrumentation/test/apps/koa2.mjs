import Router from '@koa/router'
import Koa from 'koa2'
import serve from './koa-routes.cjs'

serve(Koa, Router)
