import type { MonitoringFile } from '../file.ts'
import { yamlFile } from '../file.ts'
import type { Monitored } from '../options.ts'
import { duration } from '../promql.ts'
import type { AlertRule } from './alert.ts'
import type { Rules } from './build-rules.ts'

/** Two files for Prometheus' `rule_files`. */
export function ruleFiles({ recordings, alerts }: Rules, options: Monitored): MonitoringFile[] {
  const { job } = options
  return [
    yamlFile(`prometheus/rules/${job}.recording.yml`, {
      groups: recordings.map(({ name, intervalSeconds, recordings: rules }) => ({
        name,
        interval: duration(intervalSeconds),
        rules: rules.map(({ record, expr, labels }) => ({ record, expr, ...(labels && { labels }) })),
      })),
    }),
    yamlFile(`prometheus/rules/${job}.alerts.yml`, {
      groups: alerts.map(({ name, alerts: rules }) => ({
        name,
        rules: rules.map(rule => ({
          alert: rule.name,
          expr: rule.expr,
          for: duration(rule.forSeconds),
          labels: ruleLabels(rule, options),
          annotations: annotations(rule, options),
        })),
      })),
    }),
  ]
}

export function ruleLabels(
  { severity, labels }: AlertRule,
  { team, job }: Monitored,
): Record<string, string> {
  // What is watched may be another job's, such as a machine's; who is told is the service's team.
  return { severity, team, service: job, ...labels }
}

export function annotations(
  { name, summary, description }: AlertRule,
  { runbookBaseUrl }: Monitored,
): Record<string, string> {
  return { summary, description, runbook_url: `${runbookBaseUrl}/${name}.md` }
}
