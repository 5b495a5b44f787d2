import Router from '@koa/router'
import Koa from 'koa'
import serve from './koa-routes.cjs'

serve(Koa, Router)
