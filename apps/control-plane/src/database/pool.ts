import pg from 'pg'
import { catalog } from '../metrics/catalog.ts'

/** Connections to PostgreSQL that give up soon, so that a dead database is an answer and not a hanging request. */
export function openPool(databaseUrl: string, connections: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
    statement_timeout: 5_000,
    application_name: 'control-plane',
  })
  // An idle connection that breaks is replaced when next needed; without a listener it would end the process.
  pool.on('error', () => undefined)
  catalog.databaseConnections.observe(() => ({
    size: pool.totalCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
    max: pool.ended ? 0 : connections,
  }))
  return pool
}
