import { randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { defaultRings, type NewDeployment } from '../deployments/deployment.ts'
import { type Format, type ImportJob, type ImportRow, importOf } from './transfer.ts'

const shown = 'id, format, status, items, position, processed, failed, created_at, finished_at'

export async function createImport(
  pool: Pool,
  { format, content, items }: { format: Format; content: string; items: number },
): Promise<ImportJob> {
  const { rows } = await pool.query<ImportRow>(
    `insert into import_job (id, format, content, items) values ($1, $2, $3, $4) returning ${shown}`,
    [randomUUID(), format, content, items],
  )
  return importOf(rows[0]!)
}

export async function findImport(pool: Pool, id: string): Promise<ImportJob | undefined> {
  const { rows } = await pool.query<ImportRow>(`select ${shown} from import_job where id = $1`, [id])
  return rows[0] && importOf(rows[0])
}

export interface ImportError {
  item: number
  reason: string
}

/** In the order of the items; the first thousand. */
export async function listImportErrors(pool: Pool, id: string): Promise<ImportError[]> {
  const { rows } = await pool.query<ImportError>(
    'select item, reason from import_error where import_id = $1 order by item limit 1000',
    [id],
  )
  return rows
}

/** Takes an import for this process; undefined if it is done or somebody alive works on it. */
export async function takeImport(
  pool: Pool,
  id: string,
  leaseMs: number,
): Promise<(ImportRow & { content: string }) | undefined> {
  const { rows } = await pool.query<ImportRow & { content: string }>(
    `update import_job set status = 'running', started_at = coalesce(started_at, now()),
       lease_until = now() + $2 * interval '1 millisecond'
     where id = $1 and status <> 'done' and (lease_until is null or lease_until < now())
     returning ${shown}, content`,
    [id, leaseMs],
  )
  return rows[0]
}

/** What one step of an import settles: items from a position on, each a deployment or an error. */
export interface Settled {
  position: number
  deployments: { item: number; wanted: NewDeployment }[]
  errors: ImportError[]
}

/**
 * Deployments, errors and how far the import is appear together or not at all. False if another process has taken the
 * import over: then nothing has changed.
 */
export async function keepSettled(
  client: PoolClient,
  id: string,
  { position, deployments, errors }: Settled,
  leaseMs: number,
): Promise<boolean> {
  await client.query('begin')
  try {
    const { rowCount } = await client.query(
      `update import_job set position = position + $3 + $4, processed = processed + $3, failed = failed + $4,
         lease_until = now() + $5 * interval '1 millisecond',
         status = case when position + $3 + $4 = items then 'done' else status end,
         finished_at = case when position + $3 + $4 = items then now() end
       where id = $1 and position = $2`,
      [id, position, deployments.length, errors.length, leaseMs],
    )
    if (rowCount === 1) {
      await insertDeployments(client, id, deployments)
      await insertErrors(client, id, errors)
    }
    await client.query('commit')
    return rowCount === 1
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

async function insertDeployments(
  client: PoolClient,
  importId: string,
  deployments: Settled['deployments'],
): Promise<void> {
  const rows = deployments.map(({ item, wanted: { service, version, rings } }) => ({
    ...{ id: randomUUID(), item, service, version },
    rings: rings ?? defaultRings,
  }))
  await client.query(
    `insert into deployment (id, service, version, rings, import_id, import_item)
     select id, service, version, rings, $1, item
     from jsonb_to_recordset($2) as (id uuid, service text, version text, rings text[], item integer)`,
    [importId, JSON.stringify(rows)],
  )
}

async function insertErrors(client: PoolClient, importId: string, errors: ImportError[]): Promise<void> {
  await client.query(
    'insert into import_error (import_id, item, reason) select $1, * from unnest($2::integer[], $3::text[])',
    [importId, errors.map(({ item }) => item), errors.map(({ reason }) => reason)],
  )
}

/** Lets go of an import that this process does not go on with. */
export async function releaseImport(pool: Pool, id: string): Promise<void> {
  await pool.query(`update import_job set lease_until = null where id = $1 and status = 'running'`, [id])
}
