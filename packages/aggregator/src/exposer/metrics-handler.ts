import type { IncomingMessage, ServerResponse } from 'node:http'
import { diag } from '@opentelemetry/api'
import { chooseDirectory } from '../directory/choose.ts'
import { LivePage } from '../exposition/live-page.ts'
import { DirectoryReader } from '../snapshot/directory-reader.ts'
import { servePages } from './serve-pages.ts'

/**
 * The page as a request handler, for an app that serves it on a port of its own. Every process answers with the
 * same merged page, whichever the load balancer picks. Default directory: that of this process.
 *
 * @example
 * app.get('/metrics', metricsHandler())
 */
export function metricsHandler(
  options: { directory?: string } = {},
): (request: IncomingMessage, response: ServerResponse) => void {
  const warn = (line: string) => diag.warn(`tutti: ${line}`)
  const page = new LivePage(new DirectoryReader(options.directory ?? chooseDirectory().directory), { warn })
  return servePages(page, warn)
}
