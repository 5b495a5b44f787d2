/**
 * A cluster whose workers count as fast as they can. Each incarnation of a worker counts under a number of its
 * own, and notes in a file what it began and what it finished: the truth to hold the page against.
 */
import cluster, { type Worker } from 'node:cluster'
import { openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { contendForExposer, SharedMeterProvider } from '@tutti/aggregator'

const { TEST_DIRECTORY: directory = '', TEST_NOTES: notes = '', TEST_WORKERS = '4' } = process.env
const warn = (line: string) => console.error(line)
const provider = new SharedMeterProvider({ directory, warn, cardinalityLimit: 10_000 })
contendForExposer({ directory, port: 0, warn, onListening: url => process.send?.({ url }) })

if (cluster.isPrimary) runPrimary()
else runWorker(Number(process.env.TEST_INCARNATION))

function runPrimary(): void {
  let incarnation = 0
  /** Those that have begun to count. */
  const working: Set<Worker> = new Set()
  const fork = () => {
    const worker = cluster.fork({ TEST_INCARNATION: String(incarnation++) })
    worker.on('message', message => {
      if ('worker' in message) working.add(worker)
      process.send?.(message)
    })
    worker.on('exit', () => working.delete(worker))
  }
  for (let each = 0; each < Number(TEST_WORKERS); each++) fork()
  cluster.on('exit', () => {
    if (!ending) fork()
  })

  let ending = false
  process.on('message', (message: { kill?: true; killAll?: true; spin?: true; spinWorker?: true }) => {
    const workers = Object.values(cluster.workers ?? {}).flatMap(worker => worker ?? [])
    const any = [...working][Math.floor(Math.random() * working.size)]
    if (message.kill) {
      any?.process.kill('SIGKILL')
      if (any === undefined) process.send?.({ killed: false })
      any?.once('exit', () => process.send?.({ killed: true }))
    }
    if (message.killAll) {
      ending = true
      for (const worker of workers) worker.process.kill('SIGKILL')
      Promise.all(workers.map(worker => new Promise(resolve => worker.once('exit', resolve)))).then(() =>
        process.send?.({ allKilled: incarnation }),
      )
    }
    if (message.spinWorker) any?.send({ spin: true })
    if (message.spin) spin()
  })
  process.send?.({ started: true })
}

function runWorker(incarnation: number): void {
  const meter = provider.getMeter('test')
  const operations = meter.createCounter('operations')
  const latency = meter.createHistogram('latency', {
    unit: 's',
    advice: { explicitBucketBoundaries: [0.1, 1, 10] },
  })
  const file = openSync(join(notes, String(incarnation)), 'w')
  const began = new Float64Array(1)
  const finished = new Float64Array(1)
  const write = (value: Float64Array, offset: number) =>
    writeSync(file, new Uint8Array(value.buffer), 0, 8, offset)
  write(began, 0)
  write(finished, 8)

  function work(): void {
    for (let each = 0; each < 50; each++) {
      began[0]++
      write(began, 0)
      operations.add(1, { incarnation })
      latency.record((began[0] % 20) + 0.1, { kind: 'all' })
      finished[0]++
      write(finished, 8)
    }
    setImmediate(work)
  }
  work()
  process.send?.({ worker: incarnation })
  process.on('message', (message: { spin?: true }) => {
    if (message.spin) spin()
  })
}

function spin(): void {
  process.send?.({ spinning: true }, () => {
    // For ever, as far as the test is concerned; nobody is there to end a worker whose primary is gone.
    const end = performance.now() + 20_000
    while (performance.now() < end);
    process.exit()
  })
}
