/** Ends while a thread of it is loading, for as many milliseconds as TEST_LOADING_MS says; exit code 3. */
import { writeSync } from 'node:fs'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { loadNative } from '../../src/segment/native-loading.ts'

if (isMainThread) {
  loadNative(() => {})
  new Worker(new URL(import.meta.url)).on('message', () => process.exit(3))
} else {
  loadNative(() => {
    parentPort?.postMessage('loading')
    const end = performance.now() + Number(process.env.TEST_LOADING_MS)
    while (performance.now() < end);
    writeSync(1, 'loaded\n')
  })
}
