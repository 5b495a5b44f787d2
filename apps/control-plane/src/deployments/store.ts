import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import {
  type Deployment,
  type DeploymentRow,
  defaultRings,
  deploymentOf,
  type NewDeployment,
} from './deployment.ts'

export interface Page {
  items: Deployment[]
  /** Give it as `after` for the next page; null on the last one. */
  next: string | null
}

export async function createDeployment(pool: Pool, wanted: NewDeployment): Promise<Deployment> {
  const { rows } = await pool.query<DeploymentRow>(
    'insert into deployment (id, service, version, rings) values ($1, $2, $3, $4) returning *',
    [randomUUID(), wanted.service, wanted.version, wanted.rings ?? defaultRings],
  )
  return deploymentOf(rows[0]!)
}

export async function findDeployment(pool: Pool, id: string): Promise<Deployment | undefined> {
  const { rows } = await pool.query<DeploymentRow>('select * from deployment where id = $1', [id])
  return rows[0] && deploymentOf(rows[0])
}

/** The newest first. */
export async function listDeployments(pool: Pool, limit: number, after: string | undefined): Promise<Page> {
  const { rows } = await pool.query<DeploymentRow>(
    'select * from deployment where $2::bigint is null or number < $2 order by number desc limit $1 + 1',
    [limit, after ?? null],
  )
  const shown = rows.slice(0, limit)
  return {
    items: shown.map(deploymentOf),
    next: rows.length > limit ? shown.at(-1)!.number : null,
  }
}
