import type { Pool } from 'pg'
import { notifyOfEnds } from '../connectors/outbox.ts'
import { type Deployment, type DeploymentRow, deploymentOf, type Status } from './deployment.ts'

/** Stops a deployment where it is; undefined if there is none with this id that goes on. */
export function cancelDeployment(pool: Pool, id: string): Promise<Deployment | undefined> {
  return end(pool, id, 'cancelled', ['queued', 'rolling'])
}

/** Takes a deployment out of its rings again; undefined if there is none with this id that is in one. */
export function rollBackDeployment(pool: Pool, id: string): Promise<Deployment | undefined> {
  return end(pool, id, 'rolled_back', ['rolling', 'done'])
}

async function end(
  pool: Pool,
  id: string,
  status: 'cancelled' | 'rolled_back',
  from: Status[],
): Promise<Deployment | undefined> {
  const { rows } = await pool.query<DeploymentRow>(
    `with moved as (
       update deployment set status = $2, finished_at = now(), updated_at = now(),
         ring_number = case when $2 = 'rolled_back' then 0 else ring_number end
       where id = $1 and status = any($3) returning *
     ),
     ${notifyOfEnds}
     select * from moved`,
    [id, status, from],
  )
  return rows[0] && deploymentOf(rows[0])
}
