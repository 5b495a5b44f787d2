/**
 * Starts threads one after the other; each counts, and ends or is ended. Says what stays mapped of
 * their segments, and by how many mappings of any kind the last two thirds of them have made the process grow.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { SharedMeterProvider } from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '', TEST_THREADS = '0' } = process.env
const provider = new SharedMeterProvider({ directory, warn: line => console.error(line) })
const counter = provider.getMeter('test').createCounter('counted')
counter.add(1)

if (isMainThread) {
  const threads = Number(TEST_THREADS)
  let before = 0
  for (let thread = 0; thread < threads; thread++) {
    if (thread === Math.floor(threads / 3)) before = mappings().length
    const worker = new Worker(new URL(import.meta.url), { argv: [thread % 3 === 0 ? 'lives' : 'ends'] })
    const exited = once(worker, 'exit')
    await once(worker, 'message')
    if (thread % 3 === 0) worker.terminate()
    await exited
  }
  await setImmediate()
  const after = mappings()
  const mapped = after.filter(line => line.includes(directory)).length
  process.send?.({ mappings: { mapped, grownBy: after.length - before } })
  // What this thread has mapped is still there.
  counter.add(1)
  process.on('disconnect', () => process.exit())
} else {
  // Enough series for further chunks.
  for (let id = 0; id < 500; id++) counter.add(1, { id, text: 'x'.repeat(200) })
  parentPort?.postMessage('counted')
  if (process.argv[2] === 'lives') setInterval(() => {}, 1_000)
}

function mappings(): string[] {
  return readFileSync('/proc/self/maps', 'utf8').split('\n')
}
