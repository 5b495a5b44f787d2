import type { MetricData } from '@opentelemetry/sdk-metrics'
import { readMetrics } from '../../src/merge/read-metrics.ts'
import type { testProvider } from '../provider.ts'

/** The app's metrics, by name: what the readers of the directory get. */
export async function metricsOf({
  provider,
  directory,
}: ReturnType<typeof testProvider>): Promise<MetricData[]> {
  await provider.forceFlush()
  const { scopeMetrics } = await readMetrics(directory)
  return scopeMetrics.filter(({ scope }) => scope.name === 'test').flatMap(({ metrics }) => metrics)
}
