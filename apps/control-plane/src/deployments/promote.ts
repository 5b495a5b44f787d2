import type { Pool } from 'pg'
import { notifyOfEnds } from '../connectors/outbox.ts'
import { type Deployment, type DeploymentRow, deploymentOf } from './deployment.ts'

/**
 * Promotes one deployment to its next ring because somebody wants it, whatever its gate says; undefined if there is
 * none with this id that goes on.
 */
export async function promoteDeployment(
  pool: Pool,
  id: string,
  ringSoakMs: number,
): Promise<Deployment | undefined> {
  const { rows } = await pool.query<DeploymentRow>(promote(''), ['api', ringSoakMs, id])
  return rows[0] && deploymentOf(rows[0])
}

/** Promotes it into the ring whose gate has said yes; undefined if it has left the ring before that meanwhile. */
export async function promoteThroughGate(
  pool: Pool,
  { id, ring }: Deployment,
  reason: string,
  ringSoakMs: number,
): Promise<Deployment | undefined> {
  const { rows } = await pool.query<DeploymentRow>(
    promote(
      'and rings[ring_number] is not distinct from $4',
      `passed as (
         insert into gate_evaluation (deployment_id, ring, verdict, reason)
         select id, rings[ring_number], 'pass', $5 from moved
       ),`,
    ),
    ['job', ringSoakMs, id, ring, reason],
  )
  return rows[0] && deploymentOf(rows[0])
}

// One statement is one transaction: the new ring, the status, the rows that note the promotion and its verdict, and the
// messages about its end appear together or not at all, and no lock outlives a process that dies.
function promote(condition: string, alsoNoted = ''): string {
  return `
    with picked as (
      select id from deployment where id = $3 and status in ('queued', 'rolling') ${condition} for update
    ),
    moved as (
      update deployment set
        ring_number = ring_number + 1,
        gate_failures = 0,
        status = case when ring_number + 1 = cardinality(rings) then 'done' else 'rolling' end,
        started_at = coalesce(started_at, now()),
        finished_at = case when ring_number + 1 = cardinality(rings) then now() end,
        updated_at = now(),
        due_at = now() + $2 * interval '1 millisecond'
      from picked where deployment.id = picked.id
      returning deployment.*
    ),
    noted as (
      insert into ring_promotion (deployment_id, ring, trigger) select id, rings[ring_number], $1 from moved
    ),
    ${alsoNoted}
    ${notifyOfEnds}
    select * from moved`
}
