import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { describePgError } from './pg-errors.ts'

interface Client {
  host?: string
  port?: number
  database?: string
}

type Callback = (this: unknown, error: unknown, ...rest: unknown[]) => unknown
type Connect = (this: Client, callback?: Callback) => PromiseLike<unknown> | undefined

/**
 * `db.client.connection.create_time`, and our own `.opened` and `.failed`: every connection that a pool or a
 * lone client makes, under the name of the pool that it belongs to or would belong to.
 */
export function hookPgConnections({ hook, meter, warn }: InstrumentationContext): () => void {
  const createTime = meter.createHistogram('db.client.connection.create_time', {
    description: 'The time it took to create a new connection.',
    unit: 's',
    advice: { explicitBucketBoundaries: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] },
  })
  const opened = meter.createCounter('db.client.connection.opened', {
    description: 'Connections that were opened.',
    unit: '{connection}',
  })
  const failed = meter.createCounter('db.client.connection.failed', {
    description: 'Connections that could not be opened.',
    unit: '{connection}',
  })
  let stopped = false
  const settle = guard('pg', warn, (client: Client, startMs: number, error: unknown) => {
    if (stopped) return
    const pool = { 'db.client.connection.pool.name': poolNameOf(client) }
    if (error) {
      failed.add(1, { ...pool, 'error.type': String(describePgError(error)['error.type']) })
      return
    }
    opened.add(1, pool)
    createTime.record((performance.now() - startMs) / 1000, pool)
  })

  for (const file of ['lib/client.js', 'lib/native/client.js']) {
    hook.onLoad('pg', file, exports => {
      const { prototype } = exports as { prototype: { connect: Connect } }
      prototype.connect = timeConnect(prototype.connect, settle)
    })
  }
  return () => {
    stopped = true
  }
}

/** `host:port/database`, as the semantic conventions name a pool that has no name; never a user or a password. */
export function poolNameOf({ host, port, database }: Client): string {
  return `${host ?? 'localhost'}:${port ?? 5432}/${database ?? ''}`
}

function timeConnect(
  connect: Connect,
  settle: (client: Client, startMs: number, error: unknown) => void,
): Connect {
  return function (callback) {
    const startMs = performance.now()
    if (typeof callback === 'function') {
      const client = this
      return connect.call(this, function (error, ...rest) {
        settle(client, startMs, error)
        return callback.call(this, error, ...rest)
      })
    }
    return connect.call(this)?.then(
      value => {
        settle(this, startMs, undefined)
        return value
      },
      (error: unknown) => {
        settle(this, startMs, error)
        throw error
      },
    )
  }
}
