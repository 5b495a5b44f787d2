import { jsonFile, type MonitoringFile } from '../file.ts'
import type { Monitored } from '../options.ts'
import { apiPerformance } from './api-performance.ts'
import { applicationOverview } from './application-overview.ts'
import { buildDashboard } from './build-dashboard.ts'
import { business } from './business.ts'
import { databaseAndCache } from './database-and-cache.ts'
import { infrastructure } from './infrastructure.ts'
import { nodejsRuntime } from './nodejs-runtime.ts'
import { workers } from './workers.ts'

export function buildDashboards(options: Monitored): MonitoringFile[] {
  const own = business(options)
  const dashboards = [
    ...[applicationOverview(), apiPerformance(), nodejsRuntime(), workers(), databaseAndCache()],
    infrastructure(options),
    ...(own === undefined ? [] : [own]),
  ]
  return dashboards.map(each =>
    jsonFile(`grafana/dashboards/${options.job}.${each.slug}.json`, buildDashboard(each, options)),
  )
}
