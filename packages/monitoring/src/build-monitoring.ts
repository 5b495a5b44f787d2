import type { MonitoringFile } from './file.ts'
import { type MonitoringOptions, readOptions } from './options.ts'
import { buildRules } from './rules/build-rules.ts'
import { ruleFiles } from './rules/rule-files.ts'
import { ruleTests } from './rules/rule-tests.ts'

export function buildMonitoring(options: MonitoringOptions): MonitoringFile[] {
  const monitored = readOptions(options)
  const rules = buildRules(monitored)
  return [...ruleFiles(rules, monitored), ruleTests(rules, monitored)]
}
