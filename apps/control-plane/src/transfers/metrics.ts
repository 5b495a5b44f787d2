import { job, operation } from '@tutti/business-metrics'

const format = ['csv', 'json'] as const

export const transferMetrics = {
  imports: job({
    name: 'import.job',
    group: 'transfers',
    description: 'Bulk imports of deployments.',
    labels: { format: [...format] },
    // The process that ran it was told to end; another one goes on with it.
    outcomes: ['interrupted'],
    names: { total: 'import.jobs', processed: 'import.items.processed', failed: 'import.items.failed' },
  }),
  exports: operation({
    name: 'export',
    group: 'transfers',
    description: 'Bulk exports of deployments.',
    labels: { format: [...format] },
    // Another process has finished it.
    outcomes: ['interrupted'],
    names: { total: 'export.operations' },
    objective: { target: 0.995, latencySeconds: 60, ignore: ['interrupted'] },
  }),
}
