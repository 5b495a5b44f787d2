import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { prepareDatabase } from '../database/prepare.ts'
import { onEnding } from '../process/ending.ts'
import { pause } from '../process/pause.ts'
import { reportReady } from '../process/ready.ts'
import type { Settings } from '../settings.ts'

// A worker that dies sooner than this after its start is replaced only then, so that a worker that cannot start does
// not keep the machine busy.
const shortestLifeMs = 1_000
// Workers do not wait longer for the migrations: without a database they answer 503 until there is one.
const migrationLimitMs = 5_000

/** Migrates the database, runs the workers and replaces those that die, until told to end. */
export async function runPrimary(settings: Settings): Promise<void> {
  const ending = new AbortController()
  onEnding(async () => {
    ending.abort()
    await endWorkers(settings.drainLimitMs)
  }, settings.drainLimitMs + 1_000)

  const migrated = prepareDatabase(settings, ending.signal).catch(error => {
    console.error(`The database could not be prepared: ${error.message}`)
    process.exitCode = 1
    process.kill(process.pid, 'SIGTERM')
  })
  await Promise.race([migrated, pause(migrationLimitMs, ending.signal)])
  reportWhenAllListen(settings.workers)
  for (let count = 0; count < settings.workers && !ending.signal.aborted; count++) keepWorker(ending.signal)
}

function keepWorker(ending: AbortSignal, replaced?: string): void {
  const worker = cluster.fork()
  const startedAtMs = Date.now()
  if (replaced) console.error(`API worker ${replaced}; ${worker.process.pid} takes its place.`)
  worker.once('exit', async (code, signal) => {
    if (ending.aborted) return
    await pause(Math.max(0, shortestLifeMs - (Date.now() - startedAtMs)), ending)
    if (!ending.aborted)
      keepWorker(ending, `${worker.process.pid} ended with ${signal ?? `exit code ${code}`}`)
  })
}

function reportWhenAllListen(workers: number): void {
  const listening = new Set<number>()
  cluster.on('listening', worker => {
    if (listening.size === workers) return
    listening.add(worker.process.pid!)
    if (listening.size === workers) reportReady([...listening])
  })
}

async function endWorkers(drainLimitMs: number): Promise<void> {
  const workers = Object.values(cluster.workers ?? {}).filter(worker => worker !== undefined)
  await Promise.all(workers.map(worker => endWorker(worker, drainLimitMs)))
}

async function endWorker(worker: Worker, drainLimitMs: number): Promise<void> {
  const exited = once(worker, 'exit')
  worker.process.kill('SIGTERM')
  const force = setTimeout(() => worker.process.kill('SIGKILL'), drainLimitMs)
  await exited
  clearTimeout(force)
}
