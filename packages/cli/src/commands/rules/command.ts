import type { Command } from '../../arguments/command.ts'
import { ABOUT_CATALOGS, MONITORING_OPTIONS } from '../monitoring/options.ts'

export const rules: Command = {
  name: 'rules',
  summary: "writes a service's recording rules and alerts for Prometheus",
  operands: '[catalog ...]',
  maxOperands: 20,
  about: `Writes recording rules, alerts and burn-rate alerts of every objective for Prometheus' rule_files, and for each alert
a story in which it fires and one in which it does not, for "promtool test rules".

${ABOUT_CATALOGS}`,
  options: MONITORING_OPTIONS,
  examples: [
    ['tutti rules --job checkout', 'into monitoring/prometheus'],
    [
      'tutti rules ./dist/metrics.js --job checkout --team payments --threshold httpErrorRatio=0.01',
      'with its own metrics, team and limits',
    ],
    ['tutti rules catalog.json --job checkout --check', 'in CI: are the committed ones up to date?'],
  ],
  load: () => import('./rules.ts'),
}
