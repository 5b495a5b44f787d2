import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ConsoleOptions } from './serve-console.ts'

/** Answers what is the console's. Resolves to false when that is not there: the package is not installed. */
export type Console = (path: string, request: IncomingMessage, response: ServerResponse) => Promise<boolean>

/**
 * The live page at `/`, its files below `/-/console/` and `/-/workers`, which it asks. Nothing of it is loaded before
 * somebody looks.
 */
export function lazyConsole(options: ConsoleOptions): Console {
  return async (path, request, response) => {
    if (path !== '/' && path !== '/-/workers' && !path.startsWith('/-/console/')) return false
    const { serveConsole } = await import('./serve-console.ts')
    return serveConsole(path, request, response, options)
  }
}
