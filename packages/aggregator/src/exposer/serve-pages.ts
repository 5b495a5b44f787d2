import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExposerFigures } from '../exposition/exposer-figures.ts'
import { acceptsGzip, type Format, negotiate } from '../exposition/negotiate.ts'
import type { Reading } from '../exposition/readings.ts'
import { compress } from './compress.ts'
import { groupBy } from './group-by.ts'
import { Page, Pages } from './pages.ts'
import { Responses } from './responses.ts'

/** The page of a directory: brought up to date, then written in as many formats as are asked for, slice by slice. */
export interface PageSource {
  update(): void
  render(format: Format, reading: Reading): Iterable<Buffer>
}

export interface ServePages {
  /** Answers a request with the page. */
  serve(request: IncomingMessage, response: ServerResponse): void
  /** Tells whether there would be a page. */
  check(told: (isReady: boolean) => void): void
}

interface Waiting {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly format: Format
}

export interface ServePagesOptions {
  readonly warn: (line: string) => void
  readonly figures?: ExposerFigures
  /** Told of a reader that is cut off because it and others keep too many old pages in memory. */
  readonly onSlowReader?: (response: ServerResponse) => void
}

/** While so many pages are being compressed the next pass waits, and whoever asks meanwhile shares it. */
const MAX_COMPRESSIONS = 2

/**
 * One pass serves all requests that wait when it begins: the directory is read once, each format is written once.
 * Compression is left to the thread pool.
 */
export function servePages(
  source: PageSource,
  { warn, figures, onSlowReader = () => {} }: ServePagesOptions,
): ServePages {
  const pages = new Pages()
  const responses = new Responses(pages, onSlowReader)
  let waiting: Waiting[] = []
  let checks: ((isReady: boolean) => void)[] = []
  let compressions = 0
  let isPostponed = false
  let warned = false

  function pass(): void {
    isPostponed = compressions >= MAX_COMPRESSIONS
    if (isPostponed) return
    const served = waiting.filter(({ response }) => !response.destroyed)
    const told = checks
    waiting = []
    checks = []
    // Closed meanwhile, most of all: reading would open again what was closed.
    if (served.length + told.length === 0) return
    try {
      const startMs = performance.now()
      source.update()
      const formats = groupBy(served, ({ format }) => format.contentType)
      for (const sameFormat of formats.values()) {
        responses.makeRoom()
        const page = new Page(pages)
        page.holdWhile(() => write(page, sameFormat))
        figures?.wrote(sameFormat[0].format, page.bytes)
      }
      if (served.length > 0) figures?.scraped((performance.now() - startMs) / 1_000)
      warned = false
      for (const tell of told) tell(true)
    } catch (error) {
      if (!warned) warn(`a scrape failed: ${(error as Error).message}`)
      warned = true
      for (const { response } of served) fail(response)
      for (const tell of told) tell(false)
    }
  }

  /** Who wants the page as it is gets it while it is being written; the others when it is whole. */
  function write(page: Page, served: readonly Waiting[]): void {
    for (const { response, format } of served) {
      response.setHeader('Content-Type', format.contentType)
      response.setHeader('Vary', 'Accept, Accept-Encoding')
    }
    const compressed = served
      .filter(({ request }) => acceptsGzip(request.headers['accept-encoding']))
      .map(({ response }) => response)
    for (const { response } of served) if (!compressed.includes(response)) responses.send(response, page)
    for (const slice of source.render(served[0].format, page)) page.add(slice)
    page.end()
    if (compressed.length > 0) sendCompressed(compressed, page)
  }

  /** The page is compressed once for all who want that. */
  function sendCompressed(served: readonly ServerResponse[], page: Page): void {
    page.hold()
    compressions++
    compress(page.slices)
      .then(body => {
        const smaller = new Page(pages)
        smaller.add(body)
        smaller.end()
        for (const response of served) {
          response.setHeader('Content-Encoding', 'gzip')
          responses.send(response, smaller)
        }
      })
      .catch(() => served.forEach(fail))
      .finally(() => {
        page.release()
        compressions--
        if (isPostponed) setImmediate(pass)
      })
  }

  const passSoon = () => {
    if (waiting.length + checks.length === 0) setImmediate(pass)
  }
  return {
    serve(request, response) {
      response.setHeader('X-Content-Type-Options', 'nosniff')
      passSoon()
      waiting.push({ request, response, format: negotiate(request.headers.accept) })
    },
    check(told) {
      passSoon()
      checks.push(told)
    },
  }
}

/** What went wrong is said in the log of the service: it may name paths, which are nobody's business. */
function fail(response: ServerResponse): void {
  // In another format it was well: that page is whole.
  if (response.writableEnded) return
  if (response.headersSent) return void response.destroy()
  response.statusCode = 500
  response.removeHeader('Content-Length')
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.end("The metrics can't be read; the log of the service says why.\n")
}
