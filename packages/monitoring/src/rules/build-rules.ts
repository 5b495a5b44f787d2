import type { Monitored } from '../options.ts'
import type { AlertGroup } from './alert.ts'
import { budgetRecording, burnAlerts, burnRecordings } from './burn-rate.ts'
import { cacheAlerts } from './cache-alerts.ts'
import { catalogAlerts } from './catalog-alerts.ts'
import { buildCatalogRecordings } from './catalog-recordings.ts'
import { databaseAlerts } from './database-alerts.ts'
import { httpAlerts } from './http-alerts.ts'
import { infrastructureAlerts } from './infrastructure-alerts.ts'
import { metricsAlerts } from './metrics-alerts.ts'
import { findObjectives } from './objectives.ts'
import { queueAlerts } from './queue-alerts.ts'
import { buildRecordings, type Recording } from './recordings.ts'
import { workerAlerts } from './worker-alerts.ts'

export interface RecordingGroup {
  readonly name: string
  readonly intervalSeconds: number
  readonly recordings: readonly Recording[]
}

export interface Rules {
  readonly recordings: readonly RecordingGroup[]
  readonly alerts: readonly AlertGroup[]
}

/** Everything that Prometheus computes and watches for one service. */
export function buildRules(options: Monitored): Rules {
  const objectives = findObjectives(options)
  const group = (name: string) => `${options.job}-${name}`
  return {
    recordings: [
      {
        ...{ name: group('recordings'), intervalSeconds: 30 },
        recordings: [...buildRecordings(options), ...buildCatalogRecordings(options)],
      },
      {
        ...{ name: group('burn-rates'), intervalSeconds: 30 },
        recordings: objectives.flatMap(slo => burnRecordings(slo, options)),
      },
      {
        ...{ name: group('budgets'), intervalSeconds: 300 },
        recordings: objectives.map(slo => budgetRecording(slo, options)),
      },
    ],
    alerts: [
      { name: group('http'), alerts: httpAlerts(options) },
      { name: group('workers'), alerts: workerAlerts(options) },
      { name: group('metrics'), alerts: metricsAlerts(options) },
      {
        name: group('dependencies'),
        alerts: [...databaseAlerts(options), ...cacheAlerts(options), ...queueAlerts(options)],
      },
      { name: group('infrastructure'), alerts: infrastructureAlerts(options) },
      { name: group('business'), alerts: catalogAlerts(options) },
      { name: group('objectives'), alerts: objectives.flatMap(slo => burnAlerts(slo, options)) },
    ].filter(({ alerts }) => alerts.length > 0),
  }
}
