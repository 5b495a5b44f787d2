import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import { type Format, negotiate } from '../exposition/negotiate.ts'
import { type Page, PageBuffers } from './page-buffers.ts'

/** The page of a directory: brought up to date, then written in as many formats as are asked for. */
export interface PageSource {
  update(): void
  write(format: Format, allocate: (bytes: number) => Buffer): Buffer
}

interface Waiting {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly format: Format
}

/**
 * Answers requests with the page. One pass serves all requests that wait when it begins: the directory is read
 * once, each format is written once. Compression is left to the thread pool.
 */
export function servePages(
  source: PageSource,
  warn: (line: string) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  const buffers = new PageBuffers()
  let waiting: Waiting[] = []
  let warned = false

  function pass(): void {
    const served = waiting
    waiting = []
    try {
      source.update()
      const formats = Map.groupBy(served, ({ format }) => format.contentType)
      for (const sameFormat of formats.values()) {
        const { format } = sameFormat[0]
        sendAll(
          sameFormat,
          buffers.render(allocate => source.write(format, allocate)),
        )
      }
      warned = false
    } catch (error) {
      const why = (error as Error).message
      if (!warned) warn(`a scrape failed: ${why}`)
      warned = true
      for (const { response } of served) fail(response, why)
    }
  }

  return (request, response) => {
    if (waiting.length === 0) setImmediate(pass)
    waiting.push({ request, response, format: negotiate(request.headers.accept) })
  }
}

/** The page is held until the last response is done with it, and compressed once for all who want that. */
function sendAll(served: readonly Waiting[], page: Page): void {
  page.hold()
  let compressed: Promise<Buffer> | undefined
  for (const { request, response, format } of served) {
    page.hold()
    response.once('close', page.release)
    response.setHeader('Content-Type', format.contentType)
    response.setHeader('Vary', 'Accept, Accept-Encoding')
    if (!acceptsGzip(request)) {
      send(request, response, page.body)
      continue
    }
    compressed ??= promisify(gzip)(page.body, { level: constants.Z_BEST_SPEED })
    compressed.then(
      body => {
        response.setHeader('Content-Encoding', 'gzip')
        send(request, response, body)
      },
      error => fail(response, (error as Error).message),
    )
  }
  page.release()
}

function send(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  response.setHeader('Content-Length', body.length)
  response.end(request.method === 'HEAD' ? undefined : body)
}

function fail(response: ServerResponse, why: string): void {
  if (response.headersSent) return
  response.statusCode = 500
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.end(`The metrics can't be read: ${why}\n`)
}

/** `gzip;q=0` refuses it. */
function acceptsGzip({ headers }: IncomingMessage): boolean {
  const offered = String(headers['accept-encoding'] ?? '').split(',')
  return offered.some(each => /^\s*(gzip|\*)\s*(;\s*q=(0\.0*[1-9]\d*|1(\.0*)?)\s*)?$/i.test(each))
}
