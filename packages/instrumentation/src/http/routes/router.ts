import { listen } from '../../channel.ts'
import type { InstrumentationContext } from '../../instrumentation.ts'
import type { ModuleHook } from '../../module-hook/hook.ts'
import { type ExpressRequest, enterMount, enterRoute } from './mounts.ts'
import type { RoutedResponse } from './route.ts'
import { hookRouterBefore23 } from './router-before-2-3.ts'

/** Which of the names are on: one subscriber serves both, and leaves out what is off. */
const wantedByHook = new WeakMap<ModuleHook, Set<'express' | 'router'>>()

interface LayerStart {
  req: ExpressRequest
  res: RoutedResponse
  layer: object
  route: unknown
  param?: string
  errorHandler?: boolean
}

/** `http.route` for the `router` package where it is used without Express. */
export function startRouter(context: InstrumentationContext): () => void {
  return watchRouter(context, 'router')
}

/** The `router` package, which Express 5 is built on: by its channel since 2.3, by a hook before. */
export function watchRouter(context: InstrumentationContext, name: 'express' | 'router'): () => void {
  const known = wantedByHook.get(context.hook)
  if (known !== undefined) {
    known.add(name)
    return () => void known.delete(name)
  }
  const wanted = new Set([name])
  wantedByHook.set(context.hook, wanted)
  const isWanted = (request: ExpressRequest): boolean =>
    wanted.has(request.app === undefined ? 'router' : 'express')

  hookRouterBefore23(context, isWanted)
  return listen('tracing:express.router.request:start', name, context.warn, (start: LayerStart) => {
    if (isWanted(start.req)) onLayer(start)
  })
}

function onLayer({ req, res, layer, route, param, errorHandler }: LayerStart): void {
  if (param !== undefined || errorHandler) return
  // Only the layers inside a route know a method (undefined for `.all`); others are mounted by `.use`.
  if ('method' in layer) enterRoute(req, res, route)
  else enterMount(req, res, route)
}
