import { pause } from '../process/pause.ts'
import { isDatabaseUnavailable } from './unavailable.ts'

const retryMs = 1_000

/**
 * Does the work once the database is there. Until then it says so once and tries again, unless and until the process
 * ends: what is started beside a database may well be there first.
 */
export async function onceDatabaseIsThere(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error
      if (attempt === 1)
        console.error(`The database is not there yet (${reason(error)}); trying again until it is.`)
      await pause(retryMs, signal)
    }
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}
