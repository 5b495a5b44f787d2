import type { Pool } from 'pg'
import { isDatabaseUnavailable } from '../database/unavailable.ts'
import type { DeploymentCache } from '../deployments/cache.ts'
import { countDeployment, countPromotion } from '../deployments/measurements.ts'
import { promoteDueDeployments } from '../deployments/promote.ts'
import { pause } from '../process/pause.ts'

export interface RollOutParts {
  pool: Pool
  cache: DeploymentCache | undefined
  ringSoakMs: number
  jobPollMs: number
}

const batchSize = 20
const troubleMs = 1_000

/** Promotes what is due, batch by batch, until the signal; the batch in hand is finished. */
export async function rollOut(parts: RollOutParts, ending: AbortSignal): Promise<void> {
  let trouble = false
  while (!ending.aborted) {
    try {
      const promoted = await promoteBatch(parts)
      if (trouble) console.error('The job worker goes on.')
      trouble = false
      if (promoted < batchSize) await pause(parts.jobPollMs, ending)
    } catch (error) {
      countDeployment('promote', isDatabaseUnavailable(error) ? 'unavailable' : 'error')
      if (!trouble)
        console.error(
          `The job worker waits for the database: ${error instanceof Error ? error.message : error}`,
        )
      trouble = true
      await pause(troubleMs, ending)
    }
  }
}

async function promoteBatch({ pool, cache, ringSoakMs }: RollOutParts): Promise<number> {
  const promoted = await promoteDueDeployments(pool, batchSize, ringSoakMs)
  for (const deployment of promoted) countPromotion(deployment, 'job')
  await Promise.all(promoted.map(deployment => cache?.replace(deployment)))
  return promoted.length
}
