import type { Pool } from 'pg'
import { catalog } from '../metrics/catalog.ts'
import { writePart } from './export-format.ts'
import { finishExport, keepPart, readDeployments, releaseExport, takeExport } from './export-store.ts'
import type { ExportRow } from './transfer.ts'

const pageSize = 500
const leaseMs = 10_000

/**
 * Writes all deployments that were asked for, from where it stands until its end or until this process ends; then, as
 * when this process is killed, another one goes on. Counted as done by whoever finishes it.
 */
export async function runExport(pool: Pool, id: string, ending: AbortSignal): Promise<void> {
  const taken = await takeExport(pool, id, leaseMs)
  if (taken === undefined) return
  const run = catalog.exports.start({ format: taken.format })
  try {
    run.end((await writeAll(pool, taken, ending)) ? 'success' : 'interrupted')
  } catch (error) {
    run.fail(error)
    throw error
  }
}

/** False if another process goes on with it, or is to. */
async function writeAll(
  pool: Pool,
  { id, format, deployment_status: status, position }: ExportRow,
  ending: AbortSignal,
): Promise<boolean> {
  for (let from = position; ; ) {
    if (ending.aborted) {
      await releaseExport(pool, id)
      return false
    }
    const { deployments, last } = await readDeployments(pool, { after: from, status, limit: pageSize })
    const items = deployments.length
    const content = writePart(deployments, format)
    if (items > 0 && !(await keepPart(pool, id, { from, to: last, content, items }, leaseMs))) return false
    if (items < pageSize) return finishExport(pool, id, last)
    from = last
  }
}
