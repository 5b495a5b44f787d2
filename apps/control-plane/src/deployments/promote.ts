import type { Pool } from 'pg'
import { type Deployment, type DeploymentRow, deploymentOf } from './deployment.ts'

/** Promotes one deployment to its next ring; undefined if there is none with this id that is not done. */
export async function promoteDeployment(
  pool: Pool,
  id: string,
  ringSoakMs: number,
): Promise<Deployment | undefined> {
  const { rows } = await pool.query<DeploymentRow>(
    promote(`select id from deployment where id = $3 and status <> 'done' for update`),
    ['api', ringSoakMs, id],
  )
  return rows[0] && deploymentOf(rows[0])
}

/** Promotes the deployments that are due, leaving out those that another process has its hands on. */
export async function promoteDueDeployments(
  pool: Pool,
  limit: number,
  ringSoakMs: number,
): Promise<Deployment[]> {
  const { rows } = await pool.query<DeploymentRow>(
    promote(`select id from deployment where status <> 'done' and due_at <= now()
             order by due_at limit $3 for update skip locked`),
    ['job', ringSoakMs, limit],
  )
  return rows.map(deploymentOf)
}

// One statement is one transaction: the new ring, the status and the row that notes the promotion appear together or
// not at all, and no lock outlives a process that dies.
function promote(picked: string): string {
  return `
    with picked as (${picked}),
    moved as (
      update deployment set
        ring_number = ring_number + 1,
        status = case when ring_number + 1 = cardinality(rings) then 'done' else 'rolling' end,
        finished_at = case when ring_number + 1 = cardinality(rings) then now() end,
        updated_at = now(),
        due_at = now() + $2 * interval '1 millisecond'
      from picked where deployment.id = picked.id
      returning deployment.*
    ),
    noted as (
      insert into ring_promotion (deployment_id, ring, trigger) select id, rings[ring_number], $1 from moved
    )
    select * from moved`
}
