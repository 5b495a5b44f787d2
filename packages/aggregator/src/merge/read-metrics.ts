import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { DirectoryReader } from '../snapshot/directory-reader.ts'
import { Merge } from './merge.ts'

/**
 * Everything in a directory, dead and alive, merged, in OpenTelemetry's data model: cumulative, in the units of
 * the instruments. Rejects when the directory can't be read.
 */
export async function readMetrics(directory: string): Promise<ResourceMetrics> {
  // The SDK is large, and a process that only records never needs it.
  const { toResourceMetrics } = await import('./resource-metrics.ts')
  const reader = new DirectoryReader(directory)
  try {
    const snapshot = reader.read()
    const merge = new Merge()
    merge.update(snapshot)
    return toResourceMetrics(snapshot, merge, Date.now())
  } finally {
    reader.close()
  }
}
