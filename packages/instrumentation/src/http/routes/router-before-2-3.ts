import { existsSync } from 'node:fs'
import { guard } from '../../guard.ts'
import type { InstrumentationContext } from '../../instrumentation.ts'
import { type ExpressRequest, enterMount, enterRoute } from './mounts.ts'
import type { RoutedResponse } from './route.ts'

/** Where a layer keeps its pattern, of which these versions keep only a function that matches. */
const patternKey = Symbol('tutti.http.pattern')

interface Layer {
  route?: { path: unknown } | undefined
  [patternKey]?: unknown
}

type HandleRequest = (this: Layer, req: ExpressRequest, res: RoutedResponse, next: unknown) => unknown

interface LayerClass {
  new (path: unknown, options: unknown, handle: unknown): Layer
  prototype: Partial<Record<'handleRequest' | 'handle_request', HandleRequest>>
}

/** `router` 1.0 to 2.2, so Express 5.0 to 5.2, published nothing: its layers are made to remember their pattern. */
export function hookRouterBefore23(
  { hook, warn }: InstrumentationContext,
  isWanted: (request: ExpressRequest) => boolean,
): void {
  const note = guard('router', warn, noteLayer)

  hook.onLoad('router', 'lib/layer.js', (exports, { directory }) => {
    if (existsSync(`${directory}/lib/tracing.js`)) return undefined
    const Layer = exports as LayerClass
    const name = 'handleRequest' in Layer.prototype ? 'handleRequest' : 'handle_request'
    const handleRequest = Layer.prototype[name]!
    Layer.prototype[name] = function (req, res, next): unknown {
      if (isWanted(req)) note(this, req, res)
      return handleRequest.call(this, req, res, next)
    }

    function PatternedLayer(path: unknown, options: unknown, handle: unknown): Layer {
      const layer = new Layer(path, options, handle)
      layer[patternKey] = path
      return layer
    }
    PatternedLayer.prototype = Layer.prototype
    return PatternedLayer
  })
}

function noteLayer(layer: Layer, req: ExpressRequest, res: RoutedResponse): void {
  const { route, [patternKey]: pattern } = layer
  if (route !== undefined) enterRoute(req, res, route.path)
  // The layers inside a route have a method, and a pattern that means nothing.
  else if (pattern !== undefined && !('method' in layer)) enterMount(req, res, pattern)
}
