import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { createOperationDuration, type FindServer, type Server } from './duration.ts'
import { watchMigrations } from './migrations.ts'
import { hookPgConnections } from './pg-connections.ts'
import { describePgError } from './pg-errors.ts'
import { hookPgPool } from './pg-pool.ts'
import { type Settled, timeQuery } from './pg-query.ts'
import { createRowCount } from './pg-rows.ts'
import { watchSubmittable } from './pg-submittable.ts'
import { operationName } from './sql.ts'

const serverKey: unique symbol = Symbol('tutti.pg.server')

/** What is read of pg's `Client`. */
export interface PgClient {
  database?: string
  host?: string
  port?: number
  connection?: { parsedStatements?: Record<string, string> }
  [serverKey]?: Server
}

/**
 * `db.client.operation.duration` for pg 8 (7 connects on no Node since 14), the rows that were changed, connections and their pools, by
 * wrapping `Client.query`, `Client.connect` and `Pool.connect`.
 *
 * OpenTelemetry's own pg instrumentation is not used for metrics: it sets no `error.type` when a promise
 * rejects, its pools share one counter that goes negative, its operation name is the text up to the first
 * space, which in SQL of several lines holds values, and it makes spans that nobody reads.
 */
export function startPg(context: InstrumentationContext): () => void {
  const findServer = createOperationDuration(context.meter)
  const migrations = watchMigrations(context)
  const countRows = createRowCount(context, migrations.onChanged)
  let stopped = false
  const settle: Settled = guard('pg', context.warn, (client, query, startMs, error, result) => {
    if (stopped) return
    const text = textOf(client, query)
    client[serverKey] ??= serverOf(findServer, client)
    client[serverKey].record(operationName(text), startMs, error ? describePgError(error) : undefined)
    if (!error && result) countRows(client, text, result)
  })

  const watch = guard('pg', context.warn, watchSubmittable)
  for (const file of ['lib/client.js', 'lib/native/client.js']) {
    context.hook.onLoad('pg', file, exports => {
      const { prototype } = exports as {
        prototype: { query: (this: PgClient, ...args: unknown[]) => unknown }
      }
      prototype.query = timeQuery(prototype.query, settle, watch)
    })
  }
  const stops = [hookPgConnections(context), hookPgPool(context), migrations.stop]
  return () => {
    stopped = true
    for (const stop of stops) stop()
  }
}

/** A prepared statement may be run again by its name alone, and pg-query-stream's text is its cursor's. */
function textOf(client: PgClient, query: unknown): string | undefined {
  if (typeof query === 'string') return query
  const { text, name, cursor } = (query ?? {}) as {
    text?: unknown
    name?: unknown
    cursor?: { text?: unknown }
  }
  if (typeof text === 'string') return text
  if (typeof cursor?.text === 'string') return cursor.text
  return typeof name === 'string' ? client.connection?.parsedStatements?.[name] : undefined
}

function serverOf(findServer: FindServer, { host, port, database }: PgClient): Server {
  return findServer('postgresql', host, port, database)
}
