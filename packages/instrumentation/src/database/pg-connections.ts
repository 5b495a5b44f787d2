import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { boundariesS } from './boundaries.ts'
import { describePgError } from './pg-errors.ts'
import { watchPromise } from './watch-promise.ts'

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
    advice: { explicitBucketBoundaries: boundariesS },
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
    const connected = connect.call(this)
    return connected && watchPromise(connected, error => settle(this, startMs, error))
  }
}
