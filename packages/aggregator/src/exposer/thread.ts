import { parentPort, workerData } from 'node:worker_threads'
import { type ExposeOptions, expose } from './expose.ts'

/** What the exposer's thread tells the thread that started it. */
export type FromThread =
  | { readonly listening: string }
  | { readonly failed: string; readonly code: string | undefined }
  | { readonly warning: string }

/**
 * The exposer's own thread. It reads files and answers scrapes; it shares nothing with the app's event loop,
 * so neither can hold up the other.
 */
const options = workerData.tuttiExposer as ExposeOptions
const say = (message: FromThread) => parentPort?.postMessage(message)

expose(options, line => say({ warning: line })).then(
  exposer => {
    say({ listening: exposer.url })
    parentPort?.once('message', async () => {
      await exposer.close()
      parentPort?.close()
    })
  },
  ({ message, code }: NodeJS.ErrnoException) => say({ failed: message, code }),
)
