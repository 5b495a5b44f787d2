import type { IncomingMessage, ServerResponse } from 'node:http'
import { acceptsGzip } from '../../exposition/negotiate.ts'
import type { DirectoryReader } from '../../snapshot/directory-reader.ts'
import type { Deaths } from './deaths.ts'
import { readConsoleFile } from './files.ts'
import { workerLives } from './workers.ts'

export interface ConsoleOptions {
  readonly reader: DirectoryReader
  readonly deaths: Deaths
  /** Where the metrics are. */
  readonly path: string
  /** The folder of the console's files; default: of the package, where it is installed. */
  readonly findConsole?: () => string | undefined
}

/** What a browser may do with the console: ask this endpoint, and nobody else. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
}

/** Answers a request with a file of the console, or with `/-/workers`. False: there is nothing of the console there. */
export async function serveConsole(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  options: ConsoleOptions,
): Promise<boolean> {
  if (path === '/-/workers') {
    sendWorkers(response, options)
    return true
  }
  const isGzip = acceptsGzip(request.headers['accept-encoding'])
  const file = await readConsoleFile(path, isGzip, options.findConsole)
  if (file === undefined) return false
  if (file.isGzip) response.setHeader('Content-Encoding', 'gzip')
  response.setHeader('Vary', 'Accept-Encoding')
  // Who may see it is asked each time, so no cache between may keep it.
  send(
    response,
    file.body,
    file.contentType,
    file.isLasting ? 'private, max-age=31536000, immutable' : undefined,
  )
  return true
}

function sendWorkers(response: ServerResponse, { reader, deaths, path }: ConsoleOptions): void {
  try {
    const told = { page: path, workers: workerLives(reader.read(), deaths, Date.now()) }
    send(response, Buffer.from(JSON.stringify(told)), 'application/json')
  } catch {
    // The directory is gone; whoever reads the metrics has said so.
    response.statusCode = 503
    send(response, Buffer.from('Service Unavailable\n'), 'text/plain; charset=utf-8')
  }
}

function send(response: ServerResponse, body: Buffer, contentType: string, caching = 'no-store'): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
  response.setHeader('Content-Type', contentType)
  response.setHeader('Cache-Control', caching)
  response.setHeader('Content-Length', body.length)
  response.end(body)
}
