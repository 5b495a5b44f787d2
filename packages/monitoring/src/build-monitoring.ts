import { buildAlertmanager } from './alertmanager/build-alertmanager.ts'
import type { AlertmanagerOptions } from './alertmanager/contacts.ts'
import { buildDashboards } from './dashboards/build-dashboards.ts'
import type { MonitoringFile } from './file.ts'
import { type MonitoringOptions, readOptions } from './options.ts'
import { buildRules } from './rules/build-rules.ts'
import { ruleFiles } from './rules/rule-files.ts'
import { ruleTests } from './rules/rule-tests.ts'

/**
 * Dashboards, rules and tests of the rules for one service; with `alertmanager` also the configuration of an
 * Alertmanager. Paths are relative to whatever folder they are put into.
 *
 * @example
 * for (const { path, text } of buildMonitoring({ job: 'checkout', catalogs: [catalog.describe()] }))
 *   writeFileSync(join('monitoring', path), text)
 */
export function buildMonitoring(
  options: MonitoringOptions & { readonly alertmanager?: AlertmanagerOptions },
): MonitoringFile[] {
  const { alertmanager, ...rest } = options
  const monitored = readOptions(rest)
  const rules = buildRules(monitored)
  return [
    ...buildDashboards(monitored),
    ...ruleFiles(rules, monitored),
    ruleTests(rules, monitored),
    ...(alertmanager === undefined ? [] : [buildAlertmanager(alertmanager)]),
  ]
}
