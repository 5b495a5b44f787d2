import type { IncomingMessage, ServerResponse } from 'node:http'
import { warnByDiag } from '../api.ts'
import { chooseDirectory } from '../directory/choose.ts'
import { LivePage } from '../exposition/live-page.ts'
import { type PageOptions, pageOptionsOf } from '../exposition/page-options.ts'
import { folder } from '../ledger/folder.ts'
import { DirectoryReader } from '../snapshot/directory-reader.ts'
import { servePages } from './serve-pages.ts'

export interface MetricsHandlerOptions extends PageOptions {
  /** Default: that of this process. */
  directory?: string
}

export interface MetricsHandler {
  (request: IncomingMessage, response: ServerResponse): void
  /** Closes the files that it reads; it opens them again when it is asked again. */
  close(): void
}

/**
 * The page as a request handler, for an app that serves it on a port of its own. Every process answers with the
 * same merged page, whichever the load balancer picks. Who may read it is the app's to decide.
 *
 * @example
 * app.get('/metrics', metricsHandler()) // Express
 * createServer(metricsHandler()) // node:http
 * app.get('/metrics', ({ raw }, reply) => { // Fastify
 *   reply.hijack()
 *   handler(raw, reply.raw)
 * })
 */
export function metricsHandler(options: MetricsHandlerOptions = {}): MetricsHandler {
  const directory = options.directory ?? chooseDirectory().directory
  const reader = new DirectoryReader(directory, Date.now, warnByDiag)
  const fold = folder(reader, warnByDiag)
  const page = new LivePage(reader, { ...pageOptionsOf(options), warn: warnByDiag, fold })
  const pages = servePages(page, { warn: warnByDiag })
  const handler = (request: IncomingMessage, response: ServerResponse) => pages.serve(request, response)
  return Object.assign(handler, { close: () => reader.close() })
}
