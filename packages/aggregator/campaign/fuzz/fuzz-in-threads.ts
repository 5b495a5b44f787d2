import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type FuzzOptions, fuzz } from './fuzz.ts'

type Options = Omit<FuzzOptions, 'failed'>
type FromThread = { readonly failed: number; readonly error: Error } | { readonly done: number }

const MAX_THREADS = 4

/** {@link fuzz}, on all processors. The seeds are those of one thread, so any of them can be repeated alone. */
export async function fuzzInThreads(
  { directory, seed, reads }: Options,
  failed: (seed: number, error: Error) => void,
): Promise<number> {
  const threads = Math.min(availableParallelism(), MAX_THREADS)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const each = Math.ceil(reads / threads)
  const done = Array.from({ length: threads }, async (_, thread) => {
    const options: Options = {
      directory: join(directory, String(thread)),
      seed: seed + thread * each,
      reads: each,
    }
    let count = 0
    const worker = new Worker(new URL(import.meta.url), { workerData: { fuzzOptions: options } })
    worker.on('message', (message: FromThread) => {
      if ('done' in message) count = message.done
      else failed(message.failed, message.error)
    })
    await once(worker, 'exit')
    return count
  })
  return (await Promise.all(done)).reduce((sum, count) => sum + count, 0)
}

if (!isMainThread && workerData?.fuzzOptions !== undefined) {
  const options: Options = workerData.fuzzOptions
  const failed = (seed: number, error: Error) => parentPort?.postMessage({ failed: seed, error })
  parentPort?.postMessage({ done: fuzz({ ...options, failed }) })
}
