import type { Pool } from 'pg'
import type { Connector, ConnectorKind } from '../connectors/connector.ts'
import { listConnectors, noteHealth } from '../connectors/store.ts'
import { catalog } from '../metrics/catalog.ts'
import { settleAll } from '../process/settle-all.ts'

/** Makes what asks every connector that is enabled whether it is well, past its breaker: that is how one finds out. */
export function createConnectorCheck(pool: Pool, timeoutMs: number): () => Promise<void> {
  const disabled = new Set<ConnectorKind>()
  return async function checkConnectors() {
    const connectors = await listConnectors(pool)
    await settleAll(connectors.map(each => (each.enabled ? check(each) : leave(each.kind))))
  }

  async function check(connector: Connector): Promise<void> {
    const { kind } = connector
    disabled.delete(kind)
    const healthy = await isHealthy(connector, timeoutMs)
    catalog.connectorHealth.set(healthy, { connector: kind })
    await noteHealth(pool, kind, healthy)
  }

  /** Nobody misses a system that is not used: what was said of it last, by anyone, would be an alert without an end. */
  async function leave(kind: ConnectorKind): Promise<void> {
    if (disabled.has(kind)) return
    disabled.add(kind)
    catalog.connectorHealth.set(true, { connector: kind })
  }
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
