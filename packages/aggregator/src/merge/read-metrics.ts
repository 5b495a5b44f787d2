import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { isOnPage } from '../segment/stream.ts'
import { DirectoryReader, startTimeMs } from '../snapshot/directory-reader.ts'
import { Merge, mergeResources } from './merge.ts'

/**
 * Everything in a directory, dead and alive, merged, in OpenTelemetry's data model: cumulative, in the units of
 * the instruments. Rejects when the directory can't be read.
 */
export async function readMetrics(directory: string): Promise<ResourceMetrics> {
  // The SDK is large, and a process that only records never needs it.
  const { toResourceMetrics } = await import('./resource-metrics.ts')
  const { resourceFromAttributes } = await import('@opentelemetry/resources')
  const reader = new DirectoryReader(directory)
  try {
    const snapshot = reader.read()
    const merge = new Merge()
    merge.update(snapshot)
    const nowMs = Date.now()
    const since = { temporality: 'cumulative', startTimeMs: startTimeMs(snapshot, nowMs) } as const
    const onPage = [...merge.streams.values()].filter(({ definition }) => isOnPage(definition))
    const streams = onPage.map(cells => ({ cells, ...since }))
    return toResourceMetrics(streams, resourceFromAttributes(mergeResources(snapshot)), nowMs)
  } finally {
    reader.close()
  }
}
