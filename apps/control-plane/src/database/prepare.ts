import { seedConnectors } from '../connectors/store.ts'
import type { Settings } from '../settings.ts'
import { grantBootstrapToken } from '../users/bootstrap.ts'
import { migrate } from './migrate.ts'
import { onceDatabaseIsThere } from './once-there.ts'
import { openPool } from './pool.ts'

/** Tables, the first admin's token and the connectors; as soon as there is a database. */
export function prepareDatabase(
  { databaseUrl, bootstrapToken, outsideUrl }: Settings,
  signal: AbortSignal,
): Promise<void> {
  return onceDatabaseIsThere(async () => {
    await migrate(databaseUrl)
    const pool = openPool(databaseUrl, 1)
    try {
      if (bootstrapToken !== undefined) await grantBootstrapToken(pool, bootstrapToken)
      if (outsideUrl !== undefined) await seedConnectors(pool, outsideUrl)
    } finally {
      await pool.end()
    }
  }, signal)
}
