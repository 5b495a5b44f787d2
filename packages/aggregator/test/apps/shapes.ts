/**
 * One service in one of the shapes that Node's processes come in. Nobody is told a directory: the first process
 * chooses it, and all others find it. Each counts under its own name and lives until the first is ended.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import cluster from 'node:cluster'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { SharedMeterProvider } from '@tutti/aggregator'

const { TEST_SHAPE: shape, TEST_WHO: who = isMainThread ? 'first' : 'thread' } = process.env
const isFirst = who === 'first' && isMainThread
const path = fileURLToPath(import.meta.url)
/** Ends a child in the hard way, by its place. */
const endings: (() => Promise<unknown>)[] = []
const provider = new SharedMeterProvider({ warn: line => console.error(line) })
provider.getMeter('test').createCounter('counted').add(1, { who })

if (!isFirst) {
  parentPort?.postMessage('counted')
  process.send?.('counted')
  if (shape === 'spawn') {
    // Without a channel: it says so on its output, and ends when its input does.
    console.log('counted')
    process.stdin.on('end', () => process.exit()).resume()
  }
  process.on('disconnect', () => process.exit())
  setInterval(() => {}, 1_000)
} else {
  await start('one')
  await start('two')
  process.send?.({ directory: provider.directory })
  process.on('message', async ({ end }: { end: number }) => {
    await endings[end]()
    process.send?.({ ended: true })
  })
  process.on('disconnect', () => process.exit())
}

async function start(name: string): Promise<unknown> {
  const env = { ...process.env, TEST_WHO: name }
  switch (shape) {
    case 'cluster': {
      cluster.setupPrimary({ exec: path })
      const worker = cluster.fork({ TEST_WHO: name })
      await once(worker, 'message')
      return endings.push(() => kill(worker.process))
    }
    case 'fork': {
      const child = fork(path, { env })
      await once(child, 'message')
      return endings.push(() => kill(child))
    }
    case 'spawn': {
      const child = spawn(process.execPath, [path], { env, stdio: ['pipe', 'pipe', 'inherit'] })
      await once(child.stdout, 'data')
      return endings.push(() => kill(child))
    }
    case 'threads': {
      const thread = new Worker(path, { env, stdout: true })
      await once(thread, 'message')
      return endings.push(() => thread.terminate())
    }
  }
  throw new Error(`no such shape: ${shape}`)
}

function kill(child: ChildProcess): Promise<unknown> {
  child.kill('SIGKILL')
  return once(child, 'exit')
}
