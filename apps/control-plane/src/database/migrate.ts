import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import { pause } from '../process/pause.ts'
import { isDatabaseUnavailable } from './unavailable.ts'

const retryMs = 1_000

/**
 * Brings the database's tables up to date. While the database is not there it says so once and tries again until it
 * is or until the process ends. Processes that start together wait for one another, and the first one does the work.
 */
export async function migrate(databaseUrl: string, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt++) {
    try {
      return await migrateOnce(databaseUrl)
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error
      if (attempt === 1)
        console.error(`The database is not there yet (${reason(error)}); trying again until it is.`)
      await pause(retryMs, signal)
    }
  }
}

async function migrateOnce(databaseUrl: string): Promise<void> {
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

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}
