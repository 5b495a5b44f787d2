import { listen } from '../channel.ts'
import type { InstrumentationContext } from '../start.ts'
import { hookExpress4 } from './express4.ts'
import { type ExpressRequest, enterMount, enterRoute } from './mounts.ts'
import { patternText, type RoutedResponse } from './route.ts'

interface LayerStart {
  req: ExpressRequest
  res: RoutedResponse
  layer: object
  route: unknown
  param?: string
  errorHandler?: boolean
}

/** `http.route` for Express: from the channel of its router since 5.3, by a small hook in Express 4. */
export function startExpress(context: InstrumentationContext): () => void {
  hookExpress4(context)
  return listen('tracing:express.router.request:start', 'express', context.warn, onLayer)
}

function onLayer({ req, res, layer, route, param, errorHandler }: LayerStart): void {
  if (param !== undefined || errorHandler) return
  // Only the layers inside a route know a method (undefined for `.all`); others are mounted by `.use`.
  if ('method' in layer) enterRoute(req, res, patternText(route))
  else enterMount(req, res, patternText(route))
}
