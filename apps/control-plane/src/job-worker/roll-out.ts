import type { Pool } from 'pg'
import type { Call } from '../connectors/call.ts'
import type { DeploymentCache } from '../deployments/cache.ts'
import { type Deployment, nextRing } from '../deployments/deployment.ts'
import { holdBack, takeDueDeployments } from '../deployments/hold-back.ts'
import { measureEnd, measurePromotion } from '../deployments/measure.ts'
import { promoteThroughGate } from '../deployments/promote.ts'
import { catalog } from '../metrics/catalog.ts'
import { settleAll } from '../process/settle-all.ts'
import { countVerdicts } from '../rings/evaluations.ts'
import { askGate } from '../rings/gate.ts'

export interface RollOutParts {
  pool: Pool
  cache: DeploymentCache | undefined
  call: Call
  ringSoakMs: number
  jobPollMs: number
}

const batchSize = 20
const leaseMs = 10_000

/** Takes each deployment that is due into its next ring if the gate lets it; resolves with how many were due. */
export async function rollOutDue(parts: RollOutParts): Promise<number> {
  const due = await takeDueDeployments(parts.pool, batchSize, leaseMs)
  await settleAll(due.map(deployment => goOn(parts, deployment)))
  if (due.length > 0) catalog.gates.set(await countVerdicts(parts.pool))
  return due.length
}

async function goOn(parts: RollOutParts, deployment: Deployment): Promise<void> {
  const { pool, cache, call, ringSoakMs, jobPollMs } = parts
  const ring = nextRing(deployment)
  if (ring === undefined) return
  const answer = await askGate(pool, call, deployment, ring)
  const changed =
    answer.verdict === 'pass'
      ? await promoteThroughGate(pool, deployment, answer.reason, ringSoakMs)
      : // Without a soak it would be due again at once, and asked for as long as it says no, with a row each time.
        await holdBack(pool, deployment, answer, Math.max(ringSoakMs, jobPollMs))
  // Somebody has promoted or ended it meanwhile; what the gate said is of no interest any more.
  if (changed === undefined) return
  catalog.gateEvaluations.add(1, { verdict: answer.verdict })
  if (answer.verdict === 'pass') measurePromotion(changed, 'job')
  else if (changed.status === 'failed') {
    catalog.deployments.add(1, { action: 'fail', outcome: 'success' })
    measureEnd(changed)
  }
  await cache?.replace(changed)
}
