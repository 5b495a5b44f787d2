import type { Attributes, Histogram } from '@opentelemetry/api'
import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../start.ts'
import { createOperationDuration } from './duration.ts'
import { hookPgPool } from './pg-pool.ts'
import { operationName } from './sql.ts'

interface Client {
  database?: string
  host?: string
  port?: number
}

type Callback = (error: unknown, result: unknown) => unknown
type Query = (this: Client, ...args: unknown[]) => unknown

/**
 * `db.client.operation.duration` for pg 8, by wrapping `Client.query`, and its pools' connections.
 *
 * OpenTelemetry's own pg instrumentation is not used for metrics: it sets no `error.type` when a promise
 * rejects, its pools share one counter that goes negative, its operation name is the text up to the first
 * space, which in SQL of several lines holds values, and it makes spans that nobody reads.
 */
export function startPg(context: InstrumentationContext): () => void {
  const duration = createOperationDuration(context.meter)
  let stopped = false
  const record = guard(
    'pg',
    context.warn,
    (client: Client, query: unknown, startMs: number, error?: unknown) => {
      if (!stopped) recordQuery(duration, client, query, startMs, error)
    },
  )

  for (const file of ['lib/client.js', 'lib/native/client.js']) {
    context.hook.onLoad('pg', file, exports => {
      const { prototype } = exports as { prototype: { query: Query } }
      prototype.query = timeQuery(prototype.query, record)
    })
  }
  const stopPool = hookPgPool(context)
  return () => {
    stopped = true
    stopPool()
  }
}

function timeQuery(
  query: Query,
  record: (client: Client, query: unknown, startMs: number, error?: unknown) => void,
): Query {
  return function (...args): unknown {
    const startMs = performance.now()
    const wrapCallback = (callback: Callback): Callback => {
      const client = this
      return function (this: unknown, error, result) {
        record(client, args[0], startMs, error)
        return callback.call(this, error, result)
      }
    }
    const last = args.length - 1
    if (typeof args[last] === 'function') {
      return query.call(this, ...args.slice(0, last), wrapCallback(args[last] as Callback))
    }
    const { callback, submit } = (args[0] ?? {}) as { callback?: Callback; submit?: unknown }
    if (typeof callback === 'function' && submit === undefined) {
      // The argument wins over the property, and an object that the app uses again stays as it was.
      return query.call(this, args[0], args[1], wrapCallback(callback))
    }
    const result = query.apply(this, args) as PromiseLike<unknown> | undefined
    // A cursor or a stream is no promise; how long it lives is up to who reads it.
    if (typeof result?.then !== 'function') return result
    return result.then(
      value => {
        record(this, args[0], startMs)
        return value
      },
      error => {
        record(this, args[0], startMs, error)
        throw error
      },
    )
  }
}

function recordQuery(
  duration: Histogram,
  client: Client,
  query: unknown,
  startMs: number,
  error: unknown,
): void {
  const attributes: Attributes = { 'db.system.name': 'postgresql' }
  const operation = operationName(typeof query === 'string' ? query : (query as { text?: unknown })?.text)
  if (operation !== undefined) attributes['db.operation.name'] = operation
  if (client.database) attributes['db.namespace'] = client.database
  if (client.host) attributes['server.address'] = client.host
  if (client.port) attributes['server.port'] = client.port
  if (error) attributes['error.type'] = errorType(error)
  duration.record((performance.now() - startMs) / 1000, attributes)
}

/** PostgreSQL's SQLSTATE, Node's code (ECONNREFUSED), or the error's class. */
function errorType(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown }
  if (typeof code === 'string') return code
  return typeof name === 'string' ? name : '_OTHER'
}
