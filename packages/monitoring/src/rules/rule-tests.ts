import { type MonitoringFile, yamlFile } from '../file.ts'
import type { Monitored } from '../options.ts'
import type { Alert, Expected, Story } from './alert.ts'
import type { Rules } from './build-rules.ts'
import { annotations, ruleLabels } from './rule-files.ts'

/** For `promtool test rules`: every alert fires in one story, and does not in another that is not far from it. */
export function ruleTests({ alerts }: Rules, options: Monitored): MonitoringFile {
  const { job } = options
  const stories = alerts
    .flatMap(group => group.alerts)
    .flatMap(alert => [
      story(alert, 'fires', alert.firing, [{ rule: alert, ...alert.firing }], options),
      story(alert, 'does not fire', alert.quiet, [], options),
    ])
  return yamlFile(`prometheus/tests/${job}.alerts.test.yml`, {
    rule_files: [`../rules/${job}.recording.yml`, `../rules/${job}.alerts.yml`],
    evaluation_interval: '1m',
    // Recordings come before what asks for them.
    group_eval_order: [
      ...['recordings', 'burn-rates', 'budgets'].map(name => `${job}-${name}`),
      ...alerts.map(({ name }) => name),
    ],
    tests: stories,
  })
}

function story(alert: Alert, title: string, told: Story, usual: Expected[], options: Monitored): object {
  const { series, atMinutes, expected = usual } = told
  return {
    name: `${[alert.name, ...Object.values(alert.labels ?? {})].join(' ')} ${title}`,
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: [
      {
        eval_time: `${atMinutes}m`,
        alertname: alert.name,
        ...(expected.length > 0 && { exp_alerts: expected.map(each => expectedAlert(each, options)) }),
      },
    ],
  }
}

function expectedAlert({ rule, labels, value }: Expected, options: Monitored): object {
  const all: Record<string, string> = { ...(isOfMachine(labels) ? {} : { job: options.job }), ...labels }
  const told = Object.entries(annotations(rule, options)).map(([name, text]) => [
    name,
    fill(text, all, value),
  ])
  return {
    exp_labels: { ...all, ...ruleLabels(rule, options) },
    exp_annotations: Object.fromEntries(told),
  }
}

/** Containers have no job: their metrics come from the kubelet. */
function isOfMachine(labels: Readonly<Record<string, string>>): boolean {
  return 'pod' in labels
}

function fill(text: string, labels: Record<string, string>, value = ''): string {
  return text
    .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_all, name: string) => labels[name] ?? '')
    .replaceAll(/\{\{ \$value[^}]*\}\}/g, value)
}
