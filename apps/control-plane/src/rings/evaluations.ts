import type { Pool } from 'pg'
import type { Verdict } from './gate.ts'

export interface Evaluation extends Verdict {
  ring: string
  evaluatedAt: string
}

/** The newest first. */
export async function listEvaluations(pool: Pool, deploymentId: string): Promise<Evaluation[]> {
  const { rows } = await pool.query<Verdict & { ring: string; evaluated_at: Date }>(
    `select ring, verdict, reason, evaluated_at from gate_evaluation
     where deployment_id = $1 order by number desc limit 100`,
    [deploymentId],
  )
  return rows.map(({ evaluated_at, ...row }) => ({ ...row, evaluatedAt: evaluated_at.toISOString() }))
}

/** Verdicts of the last hour; those that nobody could give are none. */
export async function countVerdicts(pool: Pool): Promise<{ good: number; total: number }> {
  const { rows } = await pool.query<{ good: number; total: number }>(
    `select count(*) filter (where verdict = 'pass')::int as good, count(*)::int as total from gate_evaluation
     where evaluated_at > now() - interval '1 hour' and verdict <> 'unavailable'`,
  )
  return rows[0]!
}
