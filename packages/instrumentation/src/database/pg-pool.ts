import type { BatchObservableCallback } from '@opentelemetry/api'
import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../start.ts'

interface PoolOptions {
  connectionString?: string
  host?: string
  port?: number | string
  database?: string
  max?: number
}

interface Pool {
  options: PoolOptions
  totalCount: number
  idleCount: number
  waitingCount: number
  ended: boolean
}

type Connect = (this: Pool, ...args: unknown[]) => unknown

interface PoolTotals {
  idle: number
  used: number
  max: number
  pending: number
}

/**
 * `db.client.connection.count`, `.max` and `.pending_requests` of pg-pool. A pool knows these numbers, so
 * they are read at each observation instead of being counted along; a query pays for none of it.
 */
export function hookPgPool({ hook, meter, warn }: InstrumentationContext): () => void {
  const pools = new Set<WeakRef<Pool>>()
  const known = new WeakSet<Pool>()
  const remember = guard('pg', warn, (pool: Pool) => {
    if (known.has(pool)) return
    known.add(pool)
    pools.add(new WeakRef(pool))
  })

  hook.onLoad('pg-pool', 'index.js', exports => {
    const { prototype } = exports as { prototype: { connect: Connect } }
    const connect = prototype.connect
    prototype.connect = function (...args): unknown {
      remember(this)
      return connect.apply(this, args)
    }
  })

  const count = meter.createObservableUpDownCounter('db.client.connection.count', {
    description: 'The number of connections that are currently in state described by the state attribute.',
    unit: '{connection}',
  })
  const max = meter.createObservableUpDownCounter('db.client.connection.max', {
    description: 'The maximum number of open connections allowed.',
    unit: '{connection}',
  })
  const pending = meter.createObservableUpDownCounter('db.client.connection.pending_requests', {
    description: 'The number of current pending requests for an open connection.',
    unit: '{request}',
  })
  // Pools that once had a name go on being reported as zero, or their last state would stand for ever.
  const totalsByName = new Map<string, PoolTotals>()
  const observe: BatchObservableCallback = result => {
    sumPools(pools, totalsByName)
    for (const [name, totals] of totalsByName) {
      const pool = { 'db.client.connection.pool.name': name }
      result.observe(count, totals.idle, { ...pool, 'db.client.connection.state': 'idle' })
      result.observe(count, totals.used, { ...pool, 'db.client.connection.state': 'used' })
      result.observe(max, totals.max, pool)
      result.observe(pending, totals.pending, pool)
    }
  }
  meter.addBatchObservableCallback(observe, [count, max, pending])
  return () => meter.removeBatchObservableCallback(observe, [count, max, pending])
}

function sumPools(pools: Set<WeakRef<Pool>>, totalsByName: Map<string, PoolTotals>): void {
  for (const totals of totalsByName.values()) Object.assign(totals, { idle: 0, used: 0, max: 0, pending: 0 })
  for (const reference of pools) {
    const pool = reference.deref()
    if (pool === undefined || pool.ended) {
      pools.delete(reference)
      continue
    }
    const name = poolName(pool.options)
    let totals = totalsByName.get(name)
    if (totals === undefined) {
      totals = { idle: 0, used: 0, max: 0, pending: 0 }
      totalsByName.set(name, totals)
    }
    totals.idle += pool.idleCount
    totals.used += pool.totalCount - pool.idleCount
    totals.max += pool.options.max ?? 0
    totals.pending += pool.waitingCount
  }
}

/** `host:port/database`, as the semantic conventions name a pool that has no name; never a password. */
function poolName({ connectionString, host, port, database }: PoolOptions): string {
  const url =
    connectionString !== undefined && URL.canParse(connectionString) ? new URL(connectionString) : undefined
  const server = `${url?.hostname || host || 'localhost'}:${url?.port || port || 5432}`
  return `${server}/${url?.pathname.slice(1) || database || 'postgres'}`
}
