import { randomBytes } from 'node:crypto'
import { env } from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { step } from '../prepare/progress.mjs'
import { makeDirectory } from './directory.mjs'
import { endRequested } from './end-requested.mjs'
import { onEnter } from './enter.mjs'
import { startOutside } from './outside.mjs'
import { waitForPage } from './page.mjs'
import { checkPorts, portsFromEnvironment } from './ports.mjs'
import { startCache, startDatabase } from './servers.mjs'
import { supervise } from './supervise.mjs'
import { describe } from './table.mjs'
import { startTraffic } from './traffic.mjs'

const startingLimitMs = 5_000

/** Starts everything in order, waits for the wish to end, and ends everything in the opposite order. */
export async function run() {
  const end = endRequested()
  const running = []
  const start = async (title, work) => {
    if (end.signal) throw new Error('Ended while starting.')
    const part = await step(title, work)
    running.push(part)
    return part
  }

  const starting = startEverything(start, end)
  // A failure to start is a reason to end; the promise itself is awaited below.
  starting.catch(end.fail)
  const reason = await end.requested
  if (reason.failure) console.error(`\n${reason.failure.message}`)
  else console.log('\nEnding everything ...')
  end.onForce(() => {
    for (const part of running) part.kill?.()
  })
  // What is being started right now is ended as well, unless that would take for ever: compiling Redis may.
  await Promise.race([starting.catch(() => undefined), wait(startingLimitMs, undefined, { ref: false })])
  while (running.length > 0)
    await running
      .at(-1)
      .stop()
      .finally(() => running.pop())
  if (!reason.failure) console.log('Everything has ended.')
  end.now()
}

async function startEverything(start, end) {
  await checkPorts()
  const ports = portsFromEnvironment()
  const directory = await start('Making the metrics directory', makeDirectory)
  const database = await start('Starting PostgreSQL', startDatabase)
  const cache = await start('Starting Redis', startCache)
  const outside = await start('Starting the outside world', () => startOutside(end))
  const token = env.CONTROL_PLANE_BOOTSTRAP_TOKEN || randomBytes(16).toString('hex')
  const childEnv = {
    OTEL_SERVICE_NAME: 'control-plane',
    ...env,
    CONTROL_PLANE_BOOTSTRAP_TOKEN: token,
    CONTROL_PLANE_OUTSIDE_URL: outside.url,
    TUTTI_DIR: directory.path,
    DATABASE_URL: database.url,
    REDIS_URL: cache.url,
    CONTROL_PLANE_API_PORT: `${ports.api}`,
    OTEL_EXPORTER_PROMETHEUS_PORT: `${ports.metrics}`,
  }
  const preloaded = file => ['--require', '@tutti/preload', `dist/${file}.mjs`]
  const api = await start('Starting the API with its workers', () =>
    supervise({ name: 'API', args: preloaded('api'), env: childEnv }, end),
  )
  const jobWorker = await start('Starting the job worker', () =>
    supervise({ name: 'job worker', args: preloaded('job-worker'), env: childEnv }, end),
  )
  const pageAnswers = await step('Waiting for the metrics page', () => waitForPage(ports.metrics, end))
  const traffic = await start('Starting the traffic', () => startTraffic(childEnv))
  if (end.signal) return
  console.log(
    describe({ ports, token, directory, database, cache, outside, api, jobWorker, traffic, pageAnswers }),
  )
  onEnter(traffic.finish)
}
