import { guard } from '../../guard.ts'
import type { InstrumentationContext } from '../../instrumentation.ts'
import { type RoutedResponse, setRoute } from './route.ts'

interface HapiRequest {
  route: { path: string }
  raw: { res: RoutedResponse }
  /** The route with hapi's own members: special are those that answer 404 and CORS preflights. */
  _route: { _special: boolean }
  _lookup(): void
}

/** `http.route` for hapi, known as soon as it has been looked up, so also of requests that are not let in. */
export function startHapi({ hook, warn }: InstrumentationContext): () => void {
  const note = guard('hapi', warn, (request: HapiRequest) => {
    if (!request._route._special) setRoute(request.raw.res, request.route.path)
  })

  hook.onLoad('@hapi/hapi', 'lib/request.js', exports => {
    const { prototype } = exports as { prototype: HapiRequest }
    const lookup = prototype._lookup
    prototype._lookup = function (): void {
      lookup.call(this)
      note(this)
    }
  })
  return () => {}
}
