import { openPool } from '../database/pool.ts'
import { DeploymentCache } from '../deployments/cache.ts'
import { onEnding } from '../process/ending.ts'
import type { Settings } from '../settings.ts'
import { TransferQueue } from '../transfers/queue.ts'
import { buildServer } from './server.ts'

const connectionsPerWorker = 5
// A connection whose answer was under way when the end began stays open after it; nobody else would close it.
const idleCheckMs = 50

/** Serves the API on the port that all workers share. */
export async function runWorker(settings: Settings): Promise<void> {
  const pool = openPool(settings.databaseUrl, connectionsPerWorker)
  const cache = settings.redisUrl ? new DeploymentCache(settings.redisUrl) : undefined
  const queue = settings.redisUrl ? new TransferQueue(settings.redisUrl) : undefined
  const server = await buildServer({
    pool,
    cache,
    queue,
    ringSoakMs: settings.ringSoakMs,
    tokenFreshMs: settings.tokenFreshMs,
    fetchLimits: { timeoutMs: settings.outsideTimeoutMs, trustedOrigin: settings.outsideUrl },
  })
  onEnding(async () => {
    // Answers what has arrived before it lets go of what the answers need.
    const timer = setInterval(() => server.server.closeIdleConnections(), idleCheckMs)
    await server.close()
    clearInterval(timer)
    cache?.close()
    await queue?.close()
    await pool.end()
  }, settings.drainLimitMs)
  await server.listen({ host: settings.host, port: settings.port })
}
