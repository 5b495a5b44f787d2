import type { Pool } from 'pg'
import { createCall } from '../connectors/call.ts'
import { openPool } from '../database/pool.ts'
import { prepareDatabase } from '../database/prepare.ts'
import { isDatabaseUnavailable } from '../database/unavailable.ts'
import { DeploymentCache } from '../deployments/cache.ts'
import { catalog } from '../metrics/catalog.ts'
import { onEnding } from '../process/ending.ts'
import { reportReady } from '../process/ready.ts'
import type { Settings } from '../settings.ts'
import { createConnectorCheck } from './check-connectors.ts'
import { deliverDue } from './deliver.ts'
import { pollDueFeeds } from './poll-feeds.ts'
import { type Repeated, repeat } from './repeat.ts'
import { rollOutDue } from './roll-out.ts'
import { startTransfers } from './transfer.ts'

const connections = 8
const transferCheckMs = 500

/** Does everything that no request waits for, until told to end. */
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
  const pool = openPool(settings.databaseUrl, connections)
  const cache = settings.redisUrl ? new DeploymentCache(settings.redisUrl) : undefined
  const { call, close } = createCall({
    timeoutMs: settings.outsideTimeoutMs,
    resetMs: settings.breakerResetMs,
  })
  const transfers = startTransfers(pool, settings.redisUrl, ending)
  const { ringSoakMs, jobPollMs } = settings
  const repeated: Repeated[] = [
    {
      title: 'Rolling out',
      idleMs: settings.jobPollMs,
      work: async () => (await rollOutDue({ pool, cache, call, ringSoakMs, jobPollMs })) > 0,
      onTrouble: error =>
        catalog.deployments.add(1, {
          action: 'promote',
          outcome: isDatabaseUnavailable(error) ? 'unavailable' : 'error',
        }),
    },
    {
      title: 'Telling outside systems',
      idleMs: settings.jobPollMs,
      work: async () => (await deliverDue(pool, call)) > 0,
    },
    {
      title: 'Looking for transfers',
      idleMs: transferCheckMs,
      work: async () => (await transfers.workOnOpen()) > 0,
    },
    polling(settings, pool),
    checking(settings, pool),
  ]
  await Promise.all(repeated.map(each => repeat(each, ending)))
  close()
  await transfers.close()
  cache?.close()
  await pool.end()
}

function polling({ jobPollMs, outsideTimeoutMs, outsideUrl }: Settings, pool: Pool): Repeated {
  const limits = { timeoutMs: outsideTimeoutMs, trustedOrigin: outsideUrl }
  return {
    title: 'Polling feeds',
    idleMs: jobPollMs,
    work: async () => (await pollDueFeeds(pool, limits)) > 0,
  }
}

function checking({ checkMs, outsideTimeoutMs }: Settings, pool: Pool): Repeated {
  const checkConnectors = createConnectorCheck(pool, outsideTimeoutMs)
  return {
    title: 'Checking connectors',
    idleMs: checkMs,
    async work() {
      await checkConnectors()
      return false
    },
  }
}
