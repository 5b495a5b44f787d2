import { listen } from '../../channel.ts'
import type { InstrumentationContext } from '../../instrumentation.ts'
import { type RoutedResponse, setRoute } from './route.ts'

interface FastifyInstance {
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequest, reply: { raw: RoutedResponse }, done: () => void) => void,
  ): void
}

interface FastifyRequest {
  [contextKey: symbol]: FastifyContext | undefined
  routeOptions?: { url?: string }
  /** What Fastify had before 4.10. */
  routerPath?: string
  is404?: boolean
}

/** What Fastify keeps of a route. */
interface FastifyContext {
  config?: { url?: string }
}

/**
 * `http.route` for Fastify 3 to 5, which announce every new instance on a channel. Their other channel,
 * `fastify.request.handler`, is published only when the handler is reached, so requests that a hook
 * answered (401) or that failed validation (400) would have no route; the first onRequest hook sees all,
 * and costs less than the context object that a subscriber of the other makes Fastify allocate.
 */
export function startFastify({ warn }: InstrumentationContext): () => void {
  return listen('fastify.initialization', 'fastify', warn, ({ fastify }: { fastify: FastifyInstance }) => {
    const routeOf = createRouteOf()
    fastify.addHook('onRequest', (request, reply, done) => {
      const route = routeOf(request)
      if (route !== undefined) setRoute(reply.raw, route)
      done()
    })
  })
}

/**
 * `routeOptions` makes an object of twelve fields for everybody who reads it, which takes longer than all else here.
 * Its `url` stands in an object of the route's own, under a symbol that is Fastify's private one. So the symbol is
 * only used when both have said the same of a request that had a route.
 */
function createRouteOf(): (request: FastifyRequest) => string | undefined {
  let contextKey: symbol | undefined
  let isCompared = false
  return request => {
    if (contextKey !== undefined) {
      const context = request[contextKey]
      if (context !== undefined) return context.config?.url
    }
    const route = publicRouteOf(request)
    if (isCompared || route === undefined) return route
    isCompared = true
    const key = Object.getOwnPropertySymbols(request).find(
      ({ description }) => description === 'fastify.context',
    )
    if (key !== undefined && request[key]?.config?.url === route) contextKey = key
    return route
  }
}

function publicRouteOf(request: FastifyRequest): string | undefined {
  if (request.is404 === true) return undefined
  const options = request.routeOptions
  return options === undefined ? request.routerPath : options.url
}
