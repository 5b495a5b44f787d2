import type { BatchObservableCallback } from '@opentelemetry/api'
import type { InstrumentationContext } from '../instrumentation.ts'
import type { PgPool } from './pg-pool.ts'

interface PoolTotals {
  idle: number
  used: number
  max: number
  pending: number
}

export interface ObservedPools {
  add(name: string, pool: PgPool): void
  stop(): void
}

/**
 * `db.client.connection.count`, `.max` and `.pending_requests` of pg-pool. A pool knows these numbers, so
 * they are read at each observation instead of being counted along; a query pays for none of it.
 */
export function observePools({ meter }: InstrumentationContext): ObservedPools {
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
  const pools = new Map<WeakRef<PgPool>, string>()
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
  return {
    add: (name, pool) => void pools.set(new WeakRef(pool), name),
    stop: () => meter.removeBatchObservableCallback(observe, [count, max, pending]),
  }
}

function sumPools(pools: Map<WeakRef<PgPool>, string>, totalsByName: Map<string, PoolTotals>): void {
  for (const totals of totalsByName.values()) Object.assign(totals, { idle: 0, used: 0, max: 0, pending: 0 })
  for (const [reference, name] of pools) {
    const pool = reference.deref()
    if (pool === undefined || pool.ended) {
      pools.delete(reference)
      continue
    }
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
