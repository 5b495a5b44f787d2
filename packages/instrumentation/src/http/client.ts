import type { ClientRequest, IncomingMessage } from 'node:http'
import { listen } from '../channel.ts'
import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { stopAll } from '../stop-all.ts'
import { createClientSeries, type Origin } from './client-series.ts'
import { errorTypeOf } from './error-type.ts'
import { isExporter, isSuppressed } from './own-traffic.ts'

/** When a request began; undefined once it has been recorded. */
const startKey = Symbol('tutti.http.clientStart')

interface TimedRequest extends ClientRequest {
  res?: IncomingMessage | null
  socketPath?: string
  [startKey]?: number | undefined
}

interface ClientResponse extends IncomingMessage {
  req: TimedRequest
}

/**
 * `http.client.request.duration` for `node:http` and `node:https`, from the call to the end of the response, as
 * OpenTelemetry's own instrumentation has it. Node 20 only publishes the end of the request's body, so there the
 * time it took to send that is missing.
 */
export function startHttpClient({ meter, env, warn }: InstrumentationContext): () => void {
  const recordRequest = createClientSeries(meter, env)

  function onStart({ request }: { request: TimedRequest }): void {
    // The same request is published when it is created and again when it has been sent.
    if (startKey in request) return
    request[startKey] = undefined
    if (isSuppressed() || isExporter(request.getHeader('user-agent'))) return
    request[startKey] = performance.now()
    request.on('close', onRequestClose)
  }

  function onResponse({ response }: { response: ClientResponse }): void {
    response.on('end', onResponseEnd)
  }

  function onError({ request, error }: { request: TimedRequest; error: unknown }): void {
    recordOnce(request, errorTypeOf(error))
  }

  function recordOnce(request: TimedRequest, errorType: string | undefined): void {
    const startMs = request[startKey]
    if (startMs === undefined) return
    request[startKey] = undefined
    const { res, method } = request
    const outcome = { method, status: res?.statusCode ?? 0, version: res?.httpVersion ?? '', errorType }
    recordRequest(originOf(request), outcome, (performance.now() - startMs) / 1000)
  }

  const onEnd = guard('http', warn, (response: ClientResponse) => recordOnce(response.req, undefined))
  // Comes after all else, so what is not recorded by now ended without a response, or with half of one.
  const onClose = guard('http', warn, (request: TimedRequest) =>
    recordOnce(request, request.res?.complete ? undefined : 'ECONNRESET'),
  )

  function onResponseEnd(this: ClientResponse): void {
    onEnd(this)
  }

  function onRequestClose(this: TimedRequest): void {
    onClose(this)
  }

  return stopAll([
    listen('http.client.request.created', 'http', warn, onStart),
    listen('http.client.request.start', 'http', warn, onStart),
    listen('http.client.response.finish', 'http', warn, onResponse),
    listen('http.client.request.error', 'http', warn, onError),
  ])
}

function originOf(request: TimedRequest): Origin {
  const scheme = request.protocol === 'https:' ? 'https' : 'http'
  if (request.socketPath) return { scheme, address: request.socketPath, port: undefined }
  return { scheme, address: request.host, port: portOf(request, scheme === 'https' ? 443 : 80) }
}

/**
 * Node keeps a request's port nowhere but in the Host header that it made. Where the app wrote that header, the
 * connection's port is the better one, though it may be a proxy's.
 */
function portOf(request: TimedRequest, defaultPort: number): number {
  const header = request.getHeader('host')
  const host = request.host.includes(':') ? `[${request.host}]` : request.host
  if (header === host) return defaultPort
  if (typeof header === 'string' && header.startsWith(`${host}:`))
    return Number(header.slice(host.length + 1))
  return request.socket?.remotePort ?? defaultPort
}
