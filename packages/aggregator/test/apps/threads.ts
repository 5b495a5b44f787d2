/** Counts in the main thread and in threads that end, are terminated, and live on. */
import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { SharedMeterProvider } from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '' } = process.env
const provider = new SharedMeterProvider({ directory, warn: line => console.error(line) })
const counter = provider.getMeter('test').createCounter('counted')
counter.add(1, { who: isMainThread ? 'main' : 'thread' })
provider.getMeter('test').createUpDownCounter('alive').add(1)

if (isMainThread) {
  const start = async (how: string) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: how })
    await once(worker, 'message')
    return worker
  }
  const ended = await start('end')
  await once(ended, 'exit')
  await (await start('live')).terminate()
  await start('live')
  process.send?.({ ready: true })
  process.on('disconnect', () => process.exit())
} else {
  parentPort?.postMessage('counted')
  if (workerData === 'live') setInterval(() => {}, 1_000)
}
