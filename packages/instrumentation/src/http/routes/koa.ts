import { guard } from '../../guard.ts'
import type { InstrumentationContext } from '../../instrumentation.ts'
import { patternText, type RoutedResponse, setRouteFinder } from './route.ts'

interface KoaContext {
  method: string
  res: RoutedResponse
  /** What a router keeps: every layer whose path matched, and the path of the one that ran last. */
  matched?: { path: unknown; methods: string[] }[]
  _matchedRoute?: unknown
}

interface Application {
  handleRequest(context: KoaContext, middleware: unknown): unknown
}

/**
 * `http.route` for Koa 2 and 3 with `@koa/router` or `koa-router`. The routers are loaded as ES modules by an ES
 * module, where nothing can hook them; but they leave what matched on the context, which Koa makes, and Koa is
 * CommonJS however it is loaded.
 */
export function startKoa({ hook, warn }: InstrumentationContext): () => void {
  const watch = guard('koa', warn, (context: KoaContext) => {
    setRouteFinder(context.res, () => findRoute(context))
  })

  hook.onLoad('koa', 'lib/application.js', exports => {
    const { prototype } = exports as { prototype: Application }
    const handleRequest = prototype.handleRequest
    prototype.handleRequest = function (context, middleware): unknown {
      watch(context)
      return handleRequest.call(this, context, middleware)
    }
  })
  return () => {}
}

/**
 * The route that ran last, or the first that would have run when a router's middleware answered before. No route
 * when only middleware matched, or none has the method (a 405).
 */
function findRoute({ matched, method, _matchedRoute: last }: KoaContext): string | undefined {
  if (matched === undefined || last === undefined) return undefined
  const routes = matched.filter(layer => layer.methods.includes(method))
  const route = routes.find(({ path }) => path === last) ?? routes[0]
  return route === undefined ? undefined : patternText(route.path)
}
