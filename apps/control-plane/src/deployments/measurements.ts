import { metrics } from '@opentelemetry/api'
import type { Deployment } from './deployment.ts'

const meter = metrics.getMeter('control-plane')

const deployments = meter.createCounter('deployment', {
  description: 'What was done to deployments, by action and outcome.',
  unit: '{action}',
})
const durations = meter.createHistogram('deployment.duration', {
  description: 'Time from the creation of a deployment until it reached its last ring.',
  unit: 's',
  advice: { explicitBucketBoundaries: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600] },
})
const promotions = meter.createCounter('ring.promotion', {
  description: 'Promotions of deployments into a ring.',
  unit: '{promotion}',
})

export type Trigger = 'api' | 'job'
type Action = 'create' | 'promote' | 'complete'
type Outcome = 'success' | 'rejected' | 'not_found' | 'conflict' | 'unavailable' | 'error'

/** Call it when the database has confirmed what happened, so that counters and rows agree. */
export function countDeployment(action: Action, outcome: Outcome): void {
  deployments.add(1, { action, outcome })
}

/** Call it for each promotion that the database has confirmed. */
export function countPromotion(deployment: Deployment, trigger: Trigger): void {
  countDeployment('promote', 'success')
  if (deployment.ring !== null) promotions.add(1, { ring: deployment.ring, trigger })
  if (deployment.finishedAt === null) return
  countDeployment('complete', 'success')
  const durationSeconds = (Date.parse(deployment.finishedAt) - Date.parse(deployment.createdAt)) / 1000
  durations.record(durationSeconds, { trigger })
}
