import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { type Deployment, type DeploymentRow, deploymentOf } from '../deployments/deployment.ts'
import { type ExportJob, type ExportRow, exportOf, type Format } from './transfer.ts'

const shown = 'id, format, status, items, position, deployment_status, created_at, finished_at'

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

/** The parts of an export, one at a time. */
export async function* readParts(pool: Pool, id: string): AsyncGenerator<string> {
  for (let after = '0'; ; ) {
    const { rows } = await pool.query<{ position: string; content: string }>(
      'select position, content from export_part where export_id = $1 and position > $2 order by position limit 1',
      [id, after],
    )
    if (rows[0] === undefined) return
    yield rows[0].content
    after = rows[0].position
  }
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

/** The next deployments in a status after a number, the oldest first. */
export async function readDeployments(
  pool: Pool,
  { after, status, limit }: { after: string; status: string | null; limit: number },
): Promise<{ deployments: Deployment[]; last: string }> {
  const { rows } = await pool.query<DeploymentRow>(
    `select * from deployment where number > $1 and ($2::text is null or status = $2)
     order by number limit $3`,
    [after, status, limit],
  )
  return { deployments: rows.map(deploymentOf), last: rows.at(-1)?.number ?? after }
}

/** A page of an export. */
export interface Part {
  /** Where the export was before, and where it is with this. */
  from: string
  to: string
  content: string
  items: number
}

/** False if another process has taken the export over: then nothing has changed. */
export async function keepPart(pool: Pool, id: string, part: Part, leaseMs: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with moved as (
       update export_job set position = $3, items = coalesce(items, 0) + $5,
         lease_until = now() + $6 * interval '1 millisecond'
       where id = $1 and position = $2 and status = 'running' returning id
     )
     insert into export_part (export_id, position, content) select id, $3, $4 from moved`,
    [id, part.from, part.to, part.content, part.items, leaseMs],
  )
  return rowCount === 1
}

/** False if another process has taken it over, or finished it. */
export async function finishExport(pool: Pool, id: string, position: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update export_job set status = 'done', items = coalesce(items, 0), finished_at = now()
     where id = $1 and position = $2 and status = 'running'`,
    [id, position],
  )
  return rowCount === 1
}

/** Lets go of an export that this process does not go on with. */
export async function releaseExport(pool: Pool, id: string): Promise<void> {
  await pool.query(`update export_job set lease_until = null where id = $1 and status = 'running'`, [id])
}
