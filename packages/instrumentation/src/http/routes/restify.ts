import { guard } from '../../guard.ts'
import type { InstrumentationContext } from '../../instrumentation.ts'
import { patternText, type RoutedResponse, setRoute } from './route.ts'

interface RestifyRequest {
  route?: { path?: unknown; spec?: { path?: unknown } }
}

type LookUp = (...args: unknown[]) => unknown

/** `http.route` for Restify, noted when its router has found one: before `use` handlers, which may answer 401. */
export function startRestify({ hook, warn }: InstrumentationContext): () => void {
  const note = guard('restify', warn, ({ route }: RestifyRequest, response: RoutedResponse) => {
    const path = route?.path ?? route?.spec?.path
    if (path !== undefined) setRoute(response, patternText(path))
  })

  hook.onLoad('restify', 'lib/router.js', exports => {
    const { prototype } = exports as { prototype: Record<'lookup' | 'lookupByName', LookUp> }
    for (const name of ['lookup', 'lookupByName'] as const) {
      const lookUp = prototype[name]
      prototype[name] = function (...args): unknown {
        const handler = lookUp.apply(this, args)
        if (handler !== undefined) note(args.at(-2) as RestifyRequest, args.at(-1) as RoutedResponse)
        return handler
      }
    }
  })
  return () => {}
}
