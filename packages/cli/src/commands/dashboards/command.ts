import type { Command } from '../../arguments/command.ts'
import { ABOUT_CATALOGS, MONITORING_OPTIONS } from '../monitoring/options.ts'

export const dashboards: Command = {
  name: 'dashboards',
  summary: "writes a service's dashboards for Grafana",
  operands: '[catalog ...]',
  maxOperands: 20,
  about: `Writes dashboards for Grafana's provisioning: application overview, API performance, Node.js runtime, workers,
database and cache, infrastructure, and one of the business metrics of the catalogs. They ask for what "tutti rules"
records: load both.

${ABOUT_CATALOGS}`,
  options: MONITORING_OPTIONS,
  examples: [
    ['tutti dashboards --job checkout', 'into monitoring/grafana/dashboards'],
    [
      'tutti dashboards ./dist/metrics.js --job checkout --title Checkout --out deploy',
      'with its own metrics',
    ],
    ['tutti dashboards catalog.json --job checkout --check', 'in CI: are the committed ones up to date?'],
  ],
  load: () => import('./dashboards.ts'),
}
