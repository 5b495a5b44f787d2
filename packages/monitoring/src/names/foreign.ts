import { fromFamilies, type Table } from './metric.ts'

const families = {
  up: ['gauge', 'up'],
  scrapeDuration: ['gauge', 'scrape_duration_seconds'],
  scrapeSamples: ['gauge', 'scrape_samples_scraped'],
  alerts: ['gauge', 'ALERTS'],

  diskAvailable: ['gauge', 'node_filesystem_avail_bytes'],
  diskSize: ['gauge', 'node_filesystem_size_bytes'],
  memoryAvailable: ['gauge', 'node_memory_MemAvailable_bytes'],
  memoryTotal: ['gauge', 'node_memory_MemTotal_bytes'],
  load: ['gauge', 'node_load5'],

  containerMemory: ['gauge', 'container_memory_working_set_bytes'],
  containerMemoryLimit: ['gauge', 'container_spec_memory_limit_bytes'],
  containerCpu: ['counter', 'container_cpu_usage_seconds_total'],
  containerPeriods: ['counter', 'container_cpu_cfs_periods_total'],
  containerThrottled: ['counter', 'container_cpu_cfs_throttled_periods_total'],
} as const

/** What Prometheus itself, node_exporter and the kubelet's cAdvisor record; their names are theirs. */
export const foreign: Table<typeof families> = fromFamilies(families)
