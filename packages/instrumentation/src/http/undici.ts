import { listen } from '../channel.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { stopAll } from '../stop-all.ts'
import { createClientSeries, type Origin } from './client-series.ts'
import { errorTypeOf } from './error-type.ts'
import { isSuppressed } from './own-traffic.ts'

const exchangeKey = Symbol('tutti.undici.exchange')

interface UndiciRequest {
  method: string
  origin: string | URL
  [exchangeKey]?: Exchange | undefined
}

interface Exchange {
  startMs: number
  status: number
  version: string
}

/**
 * `http.client.request.duration` for undici and for the `fetch` of Node, which is undici too, from the call to the
 * end of the response. Every attempt counts: redirects and retries are requests of their own.
 */
export function startUndici({ meter, env, warn }: InstrumentationContext): () => void {
  const recordRequest = createClientSeries(meter, env)
  const findOrigin = createOrigins()

  function onCreate({ request }: { request: UndiciRequest }): void {
    // A CONNECT only opens a tunnel to a proxy for the request that follows.
    if (request.method === 'CONNECT' || isSuppressed()) return
    request[exchangeKey] = { startMs: performance.now(), status: 0, version: '' }
  }

  function onSent({ request, socket }: { request: UndiciRequest; socket: { alpnProtocol?: unknown } }): void {
    const exchange = request[exchangeKey]
    if (exchange !== undefined) exchange.version = socket.alpnProtocol === 'h2' ? '2' : '1.1'
  }

  function onHeaders({
    request,
    response,
  }: {
    request: UndiciRequest
    response: { statusCode: number }
  }): void {
    const exchange = request[exchangeKey]
    if (exchange !== undefined) exchange.status = response.statusCode
  }

  function recordOnce(request: UndiciRequest, errorType: string | undefined): void {
    const exchange = request[exchangeKey]
    if (exchange === undefined) return
    request[exchangeKey] = undefined
    const { startMs, status, version } = exchange
    const outcome = { method: request.method, status, version, errorType }
    recordRequest(findOrigin(String(request.origin)), outcome, (performance.now() - startMs) / 1000)
  }

  return stopAll([
    listen('undici:request:create', 'undici', warn, onCreate),
    listen('undici:client:sendHeaders', 'undici', warn, onSent),
    listen('undici:request:headers', 'undici', warn, onHeaders),
    listen('undici:request:trailers', 'undici', warn, ({ request }: { request: UndiciRequest }) =>
      recordOnce(request, undefined),
    ),
    listen('undici:request:error', 'undici', warn, (message: { request: UndiciRequest; error: unknown }) =>
      recordOnce(message.request, errorTypeOf(message.error)),
    ),
  ])
}

const originsLimit = 1000

/** Parses an origin once, while there are not too many of them. */
function createOrigins(): (text: string) => Origin {
  const origins = new Map<string, Origin>()
  return function findOrigin(text) {
    const found = origins.get(text)
    if (found !== undefined) return found
    const { protocol, hostname, port } = new URL(text)
    const scheme = protocol === 'https:' ? 'https' : 'http'
    const address = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
    const origin = { scheme, address, port: port === '' ? (scheme === 'https' ? 443 : 80) : Number(port) }
    if (origins.size < originsLimit) origins.set(text, origin)
    return origin
  }
}
