export type { AlertmanagerOptions, Team } from './alertmanager/contacts.ts'
export { buildMonitoring } from './build-monitoring.ts'
export type { MonitoringFile } from './file.ts'
export { defaultThresholds, type MonitoringOptions, type Thresholds } from './options.ts'
