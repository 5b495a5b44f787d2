import { isObject } from '../series/label-rules.ts'
import type { AnyRegistry, DefaultMetricsCollectorConfiguration, RegistryContentType } from '../types.ts'
import { handleMetrics, requestMetrics, resourceMetrics } from './active.ts'
import { cpuMetrics } from './cpu.ts'
import type { DefaultMetricOptions } from './default-metric.ts'
import { eventLoopMetrics } from './event-loop.ts'
import { garbageCollectionMetrics } from './garbage-collection.ts'
import { heapMetrics, heapSpaceMetrics, osMemoryMetrics } from './memory.ts'
import { maxFilesMetrics, openFilesMetrics, startTimeMetrics, versionMetrics } from './process.ts'

const GROUPS: Record<string, (options: DefaultMetricOptions) => void> = {
  processCpuTotal: cpuMetrics,
  processStartTime: startTimeMetrics,
  osMemoryHeap: osMemoryMetrics,
  processOpenFileDescriptors: openFilesMetrics,
  processMaxFileDescriptors: maxFilesMetrics,
  eventLoopLag: eventLoopMetrics,
  processResources: resourceMetrics,
  processHandles: handleMetrics,
  processRequests: requestMetrics,
  heapSizeAndUsed: heapMetrics,
  heapSpacesSizeAndUsed: heapSpaceMetrics,
  version: versionMetrics,
  gc: garbageCollectionMetrics,
}

interface CollectDefaultMetrics {
  <T extends RegistryContentType>(config?: DefaultMetricsCollectorConfiguration<T>): void
  metricsList: string[]
}

/** prom-client's default metrics of Node and the process, under its names. @throws {TypeError} for what is no options object. */
export const collectDefaultMetrics: CollectDefaultMetrics = Object.assign(collect, {
  metricsList: Object.keys(GROUPS),
})

function collect<T extends RegistryContentType>(config?: DefaultMetricsCollectorConfiguration<T>): void {
  if (config !== null && config !== undefined && !isObject(config))
    throw new TypeError('config must be null, undefined, or an object')
  const {
    register,
    prefix = '',
    labels = {},
    gcDurationBuckets,
    eventLoopMonitoringPrecision = 10,
  } = config ?? {}
  const { enableExemplars } = (config ?? {}) as { enableExemplars?: boolean }
  const options: DefaultMetricOptions = {
    registers: register && [register as unknown as AnyRegistry],
    prefix,
    labels: labels as DefaultMetricOptions['labels'],
    gcDurationBuckets,
    eventLoopMonitoringPrecision,
    enableExemplars: Boolean(enableExemplars),
  }
  for (const add of Object.values(GROUPS)) add(options)
}
