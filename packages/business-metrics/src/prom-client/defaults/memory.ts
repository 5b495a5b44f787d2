import { readFileSync } from 'node:fs'
import { getHeapSpaceStatistics } from 'node:v8'
import { type DefaultMetricOptions, defaultGauge } from './default-metric.ts'

/** From `/proc/self/status`; where there is none, the resident size from `process.memoryUsage()`. */
export function osMemoryMetrics(options: DefaultMetricOptions): void {
  const { labels } = options
  const isLinux = process.platform === 'linux'
  const resident = defaultGauge(options, {
    name: 'process_resident_memory_bytes',
    help: 'Resident memory size in bytes.',
    collect() {
      try {
        if (!isLinux) return resident.set(labels, process.memoryUsage().rss)
        const status = readFileSync('/proc/self/status', 'utf8')
        resident.set(labels, bytesIn(status, 'VmRSS'))
        virtual?.set(labels, bytesIn(status, 'VmSize'))
        heap?.set(labels, bytesIn(status, 'VmData'))
      } catch {}
    },
  })
  if (!isLinux) return
  const virtual = defaultGauge(options, {
    name: 'process_virtual_memory_bytes',
    help: 'Virtual memory size in bytes.',
  })
  const heap = defaultGauge(options, { name: 'process_heap_bytes', help: 'Process heap size in bytes.' })
}

function bytesIn(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024
}

/** From `process.memoryUsage()`. */
export function heapMetrics(options: DefaultMetricOptions): void {
  const { labels } = options
  const total = defaultGauge(options, {
    name: 'nodejs_heap_size_total_bytes',
    help: 'Process heap size from Node.js in bytes.',
    collect() {
      const { heapTotal, heapUsed, external: outside } = process.memoryUsage()
      total.set(labels, heapTotal)
      used.set(labels, heapUsed)
      external.set(labels, outside)
    },
  })
  const used = defaultGauge(options, {
    name: 'nodejs_heap_size_used_bytes',
    help: 'Process heap size used from Node.js in bytes.',
  })
  const external = defaultGauge(options, {
    name: 'nodejs_external_memory_bytes',
    help: 'Node.js external memory size in bytes.',
  })
}

/** From `v8.getHeapSpaceStatistics()`. */
export function heapSpaceMetrics(options: DefaultMetricOptions): void {
  const [total, used, available] = ['total', 'used', 'available'].map(what =>
    defaultGauge(options, {
      name: `nodejs_heap_space_size_${what}_bytes`,
      help: `Process heap space size ${what} from Node.js in bytes.`,
      labelNames: ['space'],
    }),
  )
  total.collect = () => {
    for (const { space_name, ...space } of getHeapSpaceStatistics()) {
      const labels = { space: space_name.replace(/_space.*/, ''), ...options.labels }
      total.set(labels, space.space_size)
      used.set(labels, space.space_used_size)
      available.set(labels, space.space_available_size)
    }
  }
}
