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
  routeOptions?: { url?: string }
  /** What Fastify had before 4.10. */
  routerPath?: string
  is404?: boolean
}

/**
 * `http.route` for Fastify 3 to 5, which announce every new instance on a channel. Their other channel,
 * `fastify.request.handler`, is published only when the handler is reached, so requests that a hook
 * answered (401) or that failed validation (400) would have no route; the first onRequest hook sees all,
 * and costs less than the context object that a subscriber of the other makes Fastify allocate.
 */
export function startFastify({ warn }: InstrumentationContext): () => void {
  return listen('fastify.initialization', 'fastify', warn, ({ fastify }: { fastify: FastifyInstance }) => {
    fastify.addHook('onRequest', noteRoute)
  })
}

function noteRoute(request: FastifyRequest, reply: { raw: RoutedResponse }, done: () => void): void {
  const options = request.routeOptions
  const route = options === undefined ? request.routerPath : options.url
  if (route !== undefined && request.is404 !== true) setRoute(reply.raw, route)
  done()
}
