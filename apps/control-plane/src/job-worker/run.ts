import { openPool } from '../database/pool.ts'
import { prepareDatabase } from '../database/prepare.ts'
import { DeploymentCache } from '../deployments/cache.ts'
import { onEnding } from '../process/ending.ts'
import { reportReady } from '../process/ready.ts'
import type { Settings } from '../settings.ts'
import { rollOut } from './roll-out.ts'

/** Takes queued deployments through their rings until told to end. */
export async function runJobWorker(settings: Settings): Promise<void> {
  const ending = new AbortController()
  const work = start(settings, ending.signal)
  onEnding(async () => {
    ending.abort()
    await work
  }, settings.drainLimitMs)
  // It runs from here on; that there may be no database yet is nothing that whoever started it could wait for.
  reportReady([])
  await work
}

async function start(settings: Settings, ending: AbortSignal): Promise<void> {
  await prepareDatabase(settings, ending)
  const pool = openPool(settings.databaseUrl, 1)
  const cache = settings.redisUrl ? new DeploymentCache(settings.redisUrl) : undefined
  await rollOut({ pool, cache, ringSoakMs: settings.ringSoakMs, jobPollMs: settings.jobPollMs }, ending)
  cache?.close()
  await pool.end()
}
