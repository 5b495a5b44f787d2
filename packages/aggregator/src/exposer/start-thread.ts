import { Worker } from 'node:worker_threads'
import type { ExposeOptions } from './expose.ts'
import type { Exposer } from './exposer-options.ts'
import type { FromThread } from './thread.ts'

export interface ThreadEvents {
  readonly warn: (line: string) => void
  /** The thread ended without having been closed, and without having said why it can't listen. */
  readonly onEnd: (() => void) | undefined
}

/** Starts the exposer's thread. It keeps no process alive, unless whoever waits for it says `worker.ref()`. */
export function startThread(
  options: ExposeOptions,
  { warn, onEnd }: ThreadEvents,
): { worker: Worker; listening: Promise<Exposer> } {
  const worker = new Worker(new URL('./exposer-thread.cjs', import.meta.url), {
    name: 'tutti exposer',
    // Scrapes are as fast with the smallest young generation, and the process is 1 to 60 MB smaller, as the page is.
    resourceLimits: { maxYoungGenerationSizeMb: 1 },
    workerData: { tuttiExposer: options },
    // The app's preloads and loaders have no business in this thread, this package's own least of all.
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const listening = new Promise<Exposer>((resolve, reject) => {
    let isExpected = false
    let isListening = false
    const close = () => {
      isExpected = true
      return end(worker)
    }
    worker.on('message', (message: FromThread) => {
      if ('warning' in message) warn(message.warning)
      else if ('listening' in message) {
        isListening = true
        resolve({ url: message.listening, close })
      }
      // Any other is Node's own: a thread tells so which files `node --watch` has to watch.
      else if ('failed' in message) {
        isExpected = true
        reject(Object.assign(new Error(message.failed), { code: message.code }))
      }
    })
    worker.on('error', error => {
      // Before that whoever waits says so, and only once of many attempts.
      if (isListening) warn(`the exposer failed (${error.message})`)
      reject(error)
    })
    worker.on('exit', () => {
      reject(new Error('the exposer ended before it listened'))
      if (!isExpected) onEnd?.()
    })
  })
  // After the listeners: one for messages would keep the process alive again.
  worker.unref()
  return { worker, listening }
}

function end(worker: Worker): Promise<void> {
  return new Promise(resolve => {
    // Whoever waits for the end must see it, too.
    worker.ref()
    worker.once('exit', () => resolve())
    worker.postMessage('close')
  })
}
