import type { Settings } from '../settings.ts'
import { grantBootstrapToken } from '../users/bootstrap.ts'
import { migrate } from './migrate.ts'
import { onceDatabaseIsThere } from './once-there.ts'
import { openPool } from './pool.ts'

/** Tables, and the first admin's token; as soon as there is a database. */
export function prepareDatabase(
  { databaseUrl, bootstrapToken }: Settings,
  signal: AbortSignal,
): Promise<void> {
  return onceDatabaseIsThere(async () => {
    await migrate(databaseUrl)
    if (bootstrapToken === undefined) return
    const pool = openPool(databaseUrl, 1)
    await grantBootstrapToken(pool, bootstrapToken).finally(() => pool.end())
  }, signal)
}
