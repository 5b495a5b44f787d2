import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:net'
import { admit, challenges } from './access/admit.ts'
import type { PasswordCheck } from './access/password-check.ts'
import { TokenBucket } from './access/rate-limit.ts'
import { Connections } from './connections.ts'
import type { Console } from './console/console.ts'
import { createHttpServer, endWith } from './http-server.ts'
import type { Limits } from './limits.ts'
import type { Protection, Settings } from './protection.ts'
import type { Reason, Refusals } from './refusals.ts'
import { faultOf } from './request-form.ts'
import type { ServePages } from './serve-pages.ts'

export interface ServerOptions {
  readonly path: string
  readonly pages: ServePages
  readonly protection: Protection
  readonly passwords: PasswordCheck
  readonly refusals: Refusals
  readonly limits: Limits
  /** The live page, where it is wanted. */
  readonly console?: Console | undefined
}

/** What one version of the files asks for. */
interface Generation {
  readonly settings: Settings
  readonly http: HttpServer
  readonly bucket: TokenBucket | undefined
}

/**
 * The exposer's server, not listening yet. `/metrics` (or `path`) is the page, `/-/healthy` and `/-/ready` are for
 * probes. Each connection and each request is judged by what the files say at that moment.
 */
export function createMetricsServer(options: ServerOptions): { server: Server; closeConnections(): void } {
  const { protection, refusals, limits } = options
  const connections = new Connections(limits, refusals)
  let generation: Generation | undefined

  function follow(): Generation {
    const settings = protection.current()
    if (generation?.settings === settings) return generation
    const previous = generation?.http
    const http = createHttpServer(settings.tls, limits, refusals, (request, response) => {
      if (connections.answer(request.socket, response)) return handle(request, response, http)
      refusals.count('pipelined', request.socket.remoteAddress, 'it came before the last one was answered')
      request.socket.destroy()
    })
    generation = { settings, http, bucket: settings.rateLimit && new TokenBucket(settings.rateLimit) }
    previous?.closeIdleConnections()
    return generation
  }

  function handle(request: IncomingMessage, response: ServerResponse, http: HttpServer): void {
    const present = follow()
    // Made under older rules: what its handshake proved may not be enough now. Prometheus asks again by itself.
    if (present.http !== http && present.settings.tls !== undefined) return void request.socket.destroy()
    const answered = answer(request, response, present, options)
    answered.catch(() => response.destroy())
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, socket => {
    connections.add(socket)
    follow().http.emit('connection', socket)
  })
  return { server, closeConnections: () => connections.close() }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { settings, bucket }: Generation,
  { path, pages, passwords, refusals, limits, console }: ServerOptions,
): Promise<void> {
  const refuse = (status: number, reason: Reason, why: string, text?: string) => {
    refusals.count(reason, request.socket.remoteAddress, why)
    write(response, status, text)
  }
  response.setHeader('X-Content-Type-Options', 'nosniff')
  for (const [name, value] of settings.headers) response.setHeader(name, value)

  const fault = faultOf(request, limits.maxUrlLength)
  if (fault?.ends) endWith(response)
  if (fault?.status === 405) response.setHeader('Allow', 'GET, HEAD')
  if (fault !== undefined) return refuse(fault.status, fault.reason, fault.why)
  if (bucket?.take() === false)
    return refuse(429, 'rate_limit', 'there are more than rate_limit lets through')

  const access = await admit(request, settings, passwords)
  if (access === 'busy') return refuse(429, 'busy', 'too many passwords of this address are being checked')
  if (access !== 'granted') {
    response.setHeader('WWW-Authenticate', challenges(settings))
    const why =
      access === 'no_credentials' ? 'it shows no password or token' : 'its password or token is wrong'
    return refuse(401, access, why)
  }
  const [requested] = (request.url ?? '/').split('?', 1)
  if (requested === path) return pages.serve(request, response)
  if (requested === '/-/healthy') return write(response, 200, 'OK\n')
  if (requested === '/-/ready')
    return pages.check(isReady => write(response, isReady ? 200 : 503, isReady ? 'OK\n' : undefined))
  if (await console?.(requested, request, response)) return
  write(response, 404, `Not Found. The metrics are on ${path}\n`)
}

const TEXTS: Readonly<Record<number, string>> = {
  400: 'Bad Request\n',
  401: 'Unauthorized\n',
  405: 'Method Not Allowed\n',
  413: 'Content Too Large\n',
  414: 'URI Too Long\n',
  429: 'Too Many Requests\n',
  503: 'Service Unavailable\n',
}

function write(response: ServerResponse, status: number, text: string = TEXTS[status] ?? ''): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.end(text)
}
