import { readdirSync, readFileSync } from 'node:fs'
import { type DefaultMetricOptions, defaultGauge } from './default-metric.ts'

const startSeconds = Math.round(Date.now() / 1000 - process.uptime())

/** From `process.uptime()`. Not on the service's page, as in prom-client's: there every worker has one of Tutti's. */
export function startTimeMetrics(options: DefaultMetricOptions): void {
  defaultGauge(options, {
    name: 'process_start_time_seconds',
    help: 'Start time of the process since unix epoch in seconds.',
    aggregator: 'omit',
    collect() {
      this.set(options.labels, startSeconds)
    },
  })
}

/** From `process.version`. */
export function versionMetrics(options: DefaultMetricOptions): void {
  const [major, minor, patch] = process.version.slice(1).split('.').map(Number)
  defaultGauge(options, {
    name: 'nodejs_version_info',
    help: 'Node.js version info.',
    labelNames: ['version', 'major', 'minor', 'patch'],
    aggregator: 'first',
    collect() {
      this.set({ version: process.version, major, minor, patch, ...options.labels }, 1)
    },
  })
}

/** From `/proc/self/fd`: on Linux. */
export function openFilesMetrics(options: DefaultMetricOptions): void {
  if (process.platform !== 'linux') return
  defaultGauge(options, {
    name: 'process_open_fds',
    help: 'Number of open file descriptors.',
    collect() {
      try {
        // One of them is open to read this.
        this.set(options.labels, readdirSync('/proc/self/fd').length - 1)
      } catch {}
    },
  })
}

/** From `/proc/self/limits`: on Linux. */
export function maxFilesMetrics(options: DefaultMetricOptions): void {
  const max = maxFiles()
  if (max === undefined) return
  defaultGauge(options, {
    name: 'process_max_fds',
    help: 'Maximum number of open file descriptors.',
    collect() {
      this.set(options.labels, max)
    },
  })
}

function maxFiles(): number | undefined {
  try {
    const [, soft] = /^Max open files\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    return soft === undefined ? undefined : Number(soft)
  } catch {
    return undefined
  }
}
