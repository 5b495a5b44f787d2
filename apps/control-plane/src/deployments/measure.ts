import { catalog } from '../metrics/catalog.ts'
import type { Deployment } from './deployment.ts'

export type Trigger = 'api' | 'job'

/** Call it for each promotion that the database has confirmed, so that counters and rows agree. */
export function measurePromotion(deployment: Deployment, trigger: Trigger): void {
  catalog.deployments.add(1, { action: 'promote', outcome: 'success' })
  if (deployment.ring !== null) catalog.promotions.add(1, { ring: deployment.ring, trigger })
  if (deployment.status !== 'done') return
  catalog.deployments.add(1, { action: 'complete', outcome: 'success' })
  catalog.timeToCompliance.record(seconds(deployment.createdAt, deployment.finishedAt))
  measureEnd(deployment)
}

/** Call it once for each deployment whose end the database has confirmed. */
export function measureEnd({ status, startedAt, finishedAt }: Deployment): void {
  if (startedAt === null || status === 'queued' || status === 'rolling') return
  catalog.deploymentDuration.record(seconds(startedAt, finishedAt), { outcome: status })
}

function seconds(from: string, to: string | null): number {
  return (Date.parse(to!) - Date.parse(from)) / 1000
}
