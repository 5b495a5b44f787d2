import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { TEXT_CONTENT_TYPE } from '../exposition/text-page.ts'
import { type Page, PageBuffers } from './page-buffers.ts'

/** Renders the page into memory that it asks for. */
export type RenderPage = (allocate: (bytes: number) => Buffer) => Buffer

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
export function createMetricsServer(path: string, render: RenderPage, warn: (line: string) => void): Server {
  const serve = servePages(render, warn)
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

/** Answers requests with the page. One pass serves all requests that are waiting when it begins. */
export function servePages(
  render: RenderPage,
  warn: (line: string) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  const buffers = new PageBuffers()
  let waiting: [IncomingMessage, ServerResponse][] = []
  let warned = false

  function pass(): void {
    const served = waiting
    waiting = []
    let page: Page
    try {
      page = buffers.render(render)
    } catch (error) {
      const why = (error as Error).message
      if (!warned) warn(`a scrape failed: ${why}`)
      warned = true
      for (const [, response] of served) answer(response, 500, `The metrics can't be read: ${why}\n`)
      return
    }
    for (const [request, response] of served) send(request, response, page)
  }

  return (request, response) => {
    if (waiting.length === 0) setImmediate(pass)
    waiting.push([request, response])
  }
}

function send(request: IncomingMessage, response: ServerResponse, page: Page): void {
  page.hold()
  response.once('close', page.release)
  response.setHeader('Content-Type', TEXT_CONTENT_TYPE)
  response.setHeader('Content-Length', page.body.length)
  response.end(request.method === 'HEAD' ? undefined : page.body)
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.end(text)
}
