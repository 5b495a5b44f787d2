import { warnByDiag } from '../api.ts'
import { expose } from './expose.ts'
import { type Exposer, type ExposerOptions, withDefaults } from './exposer-options.ts'
import { startThread } from './start-thread.ts'

/**
 * Serves the page of a directory over HTTP, on a thread of its own that keeps no process alive.
 * Rejects with the system's `code` when the address can't be listened on (`EADDRINUSE`, `EACCES`), with
 * `TUTTI_WEB_CONFIG_INVALID` when the files that protect the page can't be followed, with
 * `TUTTI_PAGE_OPTION_INVALID` for an option that makes no sense.
 *
 * @example
 * const { url, close } = await startExposer({ directory: provider.directory, port: 0 })
 */
export async function startExposer(options: ExposerOptions): Promise<Exposer> {
  const warn = options.warn ?? warnByDiag
  if (options.thread === false) return expose(withDefaults(options), warn)
  const { worker, listening } = startThread(withDefaults(options), { warn, onEnd: options.onEnd })
  // Who waits for it must see it listen, also when nothing else keeps the process alive.
  worker.ref()
  return listening.finally(() => worker.unref())
}
