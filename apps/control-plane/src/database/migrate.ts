import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import pg from 'pg'

/**
 * Brings the database's tables up to date. Processes that start together wait for one another, and the first one does
 * the work.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 })
  // A connection that breaks fails the query that runs on it; this keeps it from ending the process as well.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await runner({
      dbClient: client,
      dir: fileURLToPath(new URL('../migrations', import.meta.url)),
      direction: 'up',
      migrationsTable: 'control_plane_migration',
      advisoryLockMode: 'wait',
      log: () => undefined,
    })
  } finally {
    await client.end().catch(() => undefined)
  }
}
