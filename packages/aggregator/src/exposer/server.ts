import { createServer, type Server, type ServerResponse } from 'node:http'
import { type PageSource, servePages } from './serve-pages.ts'

const LIMITS = {
  /** Prometheus, a sidecar, some people: nobody needs more. */
  maxConnections: 256,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
  /** A client that takes longer to read its page is cut off. */
  responseTimeoutMs: 30_000,
  maxHeaderBytes: 16_384,
}

/**
 * The exposer's HTTP server, not listening yet. `/metrics` (or `path`) is the page, `/-/healthy` and `/-/ready`
 * are for probes. Requests that come in while a page is waiting to be rendered share it.
 */
export function createMetricsServer(path: string, source: PageSource, warn: (line: string) => void): Server {
  const serve = servePages(source, warn)
  const server = createServer({ maxHeaderSize: LIMITS.maxHeaderBytes }, (request, response) => {
    const [requested] = (request.url ?? '/').split('?', 1)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(response, 405, 'Method Not Allowed\n')
    if (requested === path) return serve(request, response)
    if (requested === '/-/healthy' || requested === '/-/ready') return answer(response, 200, 'OK\n')
    answer(response, 404, `Not Found. The metrics are on ${path}\n`)
  })
  server.maxConnections = LIMITS.maxConnections
  server.headersTimeout = LIMITS.headersTimeoutMs
  server.requestTimeout = LIMITS.requestTimeoutMs
  server.setTimeout(LIMITS.responseTimeoutMs)
  return server
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.end(text)
}
