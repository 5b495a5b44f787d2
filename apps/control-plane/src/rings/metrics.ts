import { counter, freeText, ratio } from '@tutti/business-metrics'
import { ringPattern } from '../deployments/patterns.ts'

/** Teams name their rings; a handful is usual. */
export const ring = freeText({ limit: 50, pattern: ringPattern })

export const ringMetrics = {
  promotions: counter({
    name: 'ring.promotion',
    group: 'rings',
    description: 'Promotions of deployments into a ring.',
    labels: { ring, trigger: ['api', 'job'] },
  }),
  gateEvaluations: counter({
    name: 'promotion.gate.evaluations',
    group: 'rings',
    description: 'Questions to gates whether a deployment may enter its next ring.',
    labels: { verdict: ['pass', 'fail', 'unavailable'] },
  }),
  gates: ratio({
    name: 'promotion.gate',
    group: 'rings',
    description:
      'Share of the verdicts of the last hour that were a pass, as the table of evaluations has it.',
    // Every process that reads the table reads the same; what was read last is what holds.
    across: 'last',
    names: { events: false },
  }),
}
