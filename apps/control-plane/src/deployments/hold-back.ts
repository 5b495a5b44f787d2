import type { Pool } from 'pg'
import { notifyOfEnds } from '../connectors/outbox.ts'
import type { Verdict } from '../rings/gate.ts'
import { type Deployment, type DeploymentRow, deploymentOf } from './deployment.ts'

/** How often in a row a gate may say no before the deployment has failed. */
const gateFailuresLimit = 5

/**
 * Takes the deployments that are due for one process. What it does not settle within the lease, because it died, is
 * due again for any other.
 */
export async function takeDueDeployments(pool: Pool, limit: number, leaseMs: number): Promise<Deployment[]> {
  const { rows } = await pool.query<DeploymentRow>(
    `with picked as (
       select id from deployment where status in ('queued', 'rolling') and due_at <= now()
       order by due_at limit $1 for update skip locked
     )
     update deployment set due_at = now() + $2 * interval '1 millisecond' from picked
     where deployment.id = picked.id returning deployment.*`,
    [limit, leaseMs],
  )
  return rows.map(deploymentOf)
}

/**
 * Keeps a deployment in its ring, for its gate has not said yes; it fails when that was said too often. Undefined if it
 * has left the ring meanwhile.
 */
export async function holdBack(
  pool: Pool,
  { id, ring }: Deployment,
  { verdict, reason }: Verdict,
  retryMs: number,
): Promise<Deployment | undefined> {
  const { rows } = await pool.query<DeploymentRow>(
    `with picked as (
       select id from deployment
       where id = $1 and status in ('queued', 'rolling') and rings[ring_number] is not distinct from $2 for update
     ),
     moved as (
       update deployment set
         gate_failures = gate_failures + $3,
         status = case when gate_failures + $3 >= $4 then 'failed' else status end,
         finished_at = case when gate_failures + $3 >= $4 then now() end,
         updated_at = case when gate_failures + $3 >= $4 then now() else updated_at end,
         due_at = now() + $5 * interval '1 millisecond'
       from picked where deployment.id = picked.id returning deployment.*
     ),
     noted as (
       insert into gate_evaluation (deployment_id, ring, verdict, reason)
       select id, rings[ring_number + 1], $6, $7 from moved
     ),
     ${notifyOfEnds}
     select * from moved`,
    [id, ring, verdict === 'fail' ? 1 : 0, gateFailuresLimit, retryMs, verdict, reason],
  )
  return rows[0] && deploymentOf(rows[0])
}
