import type { Counter, Histogram } from '@opentelemetry/api'
import { guard } from '../guard.ts'
import { bindHistogram, type RecordHandle } from '../handle.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { boundariesS } from './boundaries.ts'
import type { PgPool } from './pg-pool.ts'

const acquiredKey: unique symbol = Symbol('tutti.pg.acquired')
/** What pg-pool says, as an error without a code, when nobody gave it a connection in time. */
const timeoutMessage =
  /^(timeout exceeded when trying to connect|Connection terminated due to connection timeout)/

export interface PoolTimes {
  recordWait(name: string, startMs: number, error: unknown): void
  watchUse(name: string, pool: PgPool): void
}

/** `db.client.connection.wait_time`, `.use_time` and `.timeouts` of pg-pool. */
export function createPoolTimes({ meter, warn }: InstrumentationContext): PoolTimes {
  const waitTime = meter.createHistogram('db.client.connection.wait_time', {
    description: 'The time it took to obtain an open connection from the pool.',
    unit: 's',
    advice: { explicitBucketBoundaries: boundariesS },
  })
  const useTime = meter.createHistogram('db.client.connection.use_time', {
    description: 'The time between borrowing a connection and returning it to the pool.',
    unit: 's',
    advice: { explicitBucketBoundaries: boundariesS },
  })
  const timeouts: Counter = meter.createCounter('db.client.connection.timeouts', {
    description:
      'The number of connection timeouts that have occurred trying to obtain a connection from the pool.',
    unit: '{timeout}',
  })
  const waits = new Map<string, RecordHandle>()

  return {
    recordWait(name, startMs, error): void {
      if (error) {
        if (!timeoutMessage.test(String((error as Error).message))) return
        timeouts.add(1, { 'db.client.connection.pool.name': name })
        return
      }
      let series = waits.get(name)
      if (series === undefined) {
        series = bindPool(waitTime, name)
        waits.set(name, series)
      }
      series.record((performance.now() - startMs) / 1000)
    },
    watchUse(name, pool): void {
      let series: RecordHandle | undefined
      pool.on('acquire', (client: { [acquiredKey]?: number }) => {
        client[acquiredKey] = performance.now()
      })
      const release = guard('pg', warn, (_error: unknown, client: { [acquiredKey]?: number }) => {
        const acquired = client[acquiredKey]
        if (acquired === undefined) return
        series ??= bindPool(useTime, name)
        series.record((performance.now() - acquired) / 1000)
      })
      pool.on('release', release)
    },
  }
}

function bindPool(histogram: Histogram, name: string): RecordHandle {
  return bindHistogram(histogram, { 'db.client.connection.pool.name': name })
}
