import { guard } from '../../guard.ts'
import type { InstrumentationContext } from '../../instrumentation.ts'
import { type ExpressRequest, enterMount, enterRoute } from './mounts.ts'
import { patternText, type RoutedResponse } from './route.ts'

/** Where a layer keeps the path it was mounted on, of which Express 4 itself keeps only a RegExp. */
const mountedOnKey = Symbol('tutti.http.mountedOn')

interface Layer {
  route?: { path: unknown }
  [mountedOnKey]?: string
}

type HandleRequest = (this: Layer, req: ExpressRequest, res: RoutedResponse, next: unknown) => unknown

interface Router {
  stack: Layer[]
  use(this: Router, ...handlers: unknown[]): unknown
}

/**
 * Express 4 publishes no channel, so two methods are wrapped: `Router.use` to remember the pattern a
 * layer is mounted on, and `Layer.handle_request` to see which layers a request goes through.
 */
export function hookExpress4({ hook, warn }: InstrumentationContext): void {
  const note = guard('express', warn, noteLayer)

  hook.onLoad('express', 'lib/router/index.js', exports => {
    const router = exports as Router
    const use = router.use
    router.use = function (...handlers): unknown {
      const count = this.stack.length
      const result = use.apply(this, handlers)
      const path = firstPath(handlers[0])
      for (const layer of this.stack.slice(count)) layer[mountedOnKey] = path
      return result
    }
  })

  hook.onLoad('express', 'lib/router/layer.js', exports => {
    const { prototype } = exports as { prototype: { handle_request: HandleRequest } }
    const handleRequest = prototype.handle_request
    prototype.handle_request = function handle_request(req, res, next): unknown {
      note(this, req, res)
      return handleRequest.call(this, req, res, next)
    }
  })
}

function noteLayer(layer: Layer, req: ExpressRequest, res: RoutedResponse): void {
  const { route, [mountedOnKey]: mountedOn } = layer
  if (route !== undefined) enterRoute(req, res, route.path)
  else if (mountedOn !== undefined) enterMount(req, res, mountedOn)
}

/** `use` takes a path first or none; handlers may stand in nested lists, paths in one list. */
function firstPath(argument: unknown): string {
  let first = argument
  while (Array.isArray(first) && first.length > 0) first = first[0]
  return typeof first === 'function' ? '/' : patternText(argument)
}
