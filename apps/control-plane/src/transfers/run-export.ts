import { stringify } from 'csv-stringify/sync'
import type { Pool } from 'pg'
import type { Deployment } from '../deployments/deployment.ts'
import { catalog } from '../metrics/catalog.ts'
import { finishExport, readDeployments, takeExport } from './export-store.ts'
import type { Format } from './transfer.ts'

const pageSize = 500
const leaseMs = 30_000

/** Writes all deployments that were asked for; counted by whoever finishes it. */
export async function runExport(pool: Pool, id: string): Promise<void> {
  const taken = await takeExport(pool, id, leaseMs)
  if (taken === undefined) return
  const run = catalog.exports.start({ format: taken.format })
  try {
    const deployments: Deployment[] = []
    for await (const page of readDeployments(pool, taken.deployment_status, pageSize))
      deployments.push(...page)
    const isOurs = await finishExport(pool, id, write(deployments, taken.format), deployments.length)
    run.end(isOurs ? 'success' : 'interrupted')
  } catch (error) {
    run.fail(error)
    throw error
  }
}

const columns = ['id', 'service', 'version', 'rings', 'ring', 'status', 'createdAt', 'finishedAt']

/** What was exported can be imported again. */
function write(deployments: Deployment[], format: Format): string {
  if (format === 'json') return JSON.stringify(deployments)
  const rows = deployments.map(deployment => ({ ...deployment, rings: deployment.rings.join(' ') }))
  // A cell that begins like a formula is one to a spreadsheet, unless it is escaped.
  return stringify(rows, { header: true, columns, escape_formulas: true })
}
