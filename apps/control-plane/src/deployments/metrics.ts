import { counter, histogram } from '@tutti/business-metrics'

const buckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600]

export const deploymentMetrics = {
  deployments: counter({
    name: 'deployment',
    group: 'deployments',
    description: 'What was done to deployments, by action and outcome.',
    labels: {
      action: ['create', 'promote', 'complete', 'cancel', 'roll_back', 'fail'],
      outcome: ['success', 'rejected', 'not_found', 'conflict', 'unavailable', 'error'],
    },
  }),
  deploymentDuration: histogram({
    name: 'deployment.duration',
    group: 'deployments',
    description: 'Time from the first ring that a deployment reached until it came to its end.',
    unit: 's',
    buckets,
    labels: { outcome: ['done', 'cancelled', 'rolled_back', 'failed'] },
  }),
  timeToCompliance: histogram({
    name: 'deployment.time_to_compliance',
    group: 'deployments',
    description: 'Time from the creation of a deployment until every ring had it.',
    unit: 's',
    buckets,
  }),
}
