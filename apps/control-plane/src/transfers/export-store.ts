import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { type Deployment, type DeploymentRow, deploymentOf } from '../deployments/deployment.ts'
import { type ExportJob, type ExportRow, exportOf, type Format } from './transfer.ts'

const shown = 'id, format, status, items, deployment_status, created_at, finished_at'

export async function createExport(
  pool: Pool,
  { format, status }: { format: Format; status?: string },
): Promise<ExportJob> {
  const { rows } = await pool.query<ExportRow>(
    `insert into export_job (id, format, deployment_status) values ($1, $2, $3) returning ${shown}`,
    [randomUUID(), format, status ?? null],
  )
  return exportOf(rows[0]!)
}

export async function findExport(pool: Pool, id: string): Promise<ExportJob | undefined> {
  const { rows } = await pool.query<ExportRow>(`select ${shown} from export_job where id = $1`, [id])
  return rows[0] && exportOf(rows[0])
}

/** Undefined if there is no such export or it is not done. */
export async function findExportContent(
  pool: Pool,
  id: string,
): Promise<{ format: Format; content: string } | undefined> {
  const { rows } = await pool.query<{ format: Format; content: string }>(
    `select format, content from export_job where id = $1 and status = 'done'`,
    [id],
  )
  return rows[0]
}

/** Takes an export for this process; undefined if it is done or somebody alive works on it. */
export async function takeExport(pool: Pool, id: string, leaseMs: number): Promise<ExportRow | undefined> {
  const { rows } = await pool.query<ExportRow>(
    `update export_job set status = 'running', started_at = coalesce(started_at, now()),
       lease_until = now() + $2 * interval '1 millisecond'
     where id = $1 and status <> 'done' and (lease_until is null or lease_until < now())
     returning ${shown}`,
    [id, leaseMs],
  )
  return rows[0]
}

/** All deployments in a status, the oldest first, page by page. */
export async function* readDeployments(
  pool: Pool,
  status: string | null,
  pageSize: number,
): AsyncGenerator<Deployment[]> {
  for (let after = '0'; ; ) {
    const { rows } = await pool.query<DeploymentRow>(
      `select * from deployment where number > $1 and ($2::text is null or status = $2)
       order by number limit $3`,
      [after, status, pageSize],
    )
    if (rows.length > 0) yield rows.map(deploymentOf)
    if (rows.length < pageSize) return
    after = rows.at(-1)!.number
  }
}

/** False if another process has finished it. */
export async function finishExport(pool: Pool, id: string, content: string, items: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update export_job set status = 'done', content = $2, items = $3, finished_at = now()
     where id = $1 and status <> 'done'`,
    [id, content, items],
  )
  return rowCount === 1
}
