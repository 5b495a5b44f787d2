import type { Pool } from 'pg'
import type { Connector } from '../connectors/connector.ts'
import { listConnectors, noteHealth } from '../connectors/store.ts'
import { catalog } from '../metrics/catalog.ts'
import { settleAll } from '../process/settle-all.ts'

/** Asks every connector that is enabled whether it is well, past its breaker: that is how one finds out. */
export async function checkConnectors(pool: Pool, timeoutMs: number): Promise<void> {
  const connectors = await listConnectors(pool)
  await settleAll(
    connectors
      .filter(({ enabled }) => enabled)
      .map(async connector => {
        const healthy = await isHealthy(connector, timeoutMs)
        catalog.connectorHealth.set(healthy, { connector: connector.kind })
        await noteHealth(pool, connector.kind, healthy)
      }),
  )
}

async function isHealthy({ url }: Connector, timeoutMs: number): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(timeoutMs) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
