import { metrics } from '@opentelemetry/api'
import { readMetrics, SharedMeterProvider } from '@tutti/aggregator'
import * as adapter from '@tutti/business-metrics/prom-client'
import { makeTemporaryDirectory } from '../processes/temporary-directory.ts'
import { startPromClient } from './prom-client.ts'
import { readTotals } from './read-totals.ts'
import type { Rival } from './rival.ts'

/** The very program that measures prom-client, with the adapter imported instead, and values on the service's page. */
export function startAdapter(): Rival {
  const directory = makeTemporaryDirectory()
  const provider = new SharedMeterProvider({ directory })
  metrics.setGlobalMeterProvider(provider)
  const rival = startPromClient(adapter as never)
  return {
    ...rival,
    async read() {
      const { scopeMetrics } = await readMetrics(directory)
      return readTotals(scopeMetrics.flatMap(scope => scope.metrics))
    },
    async stop() {
      await rival.stop()
      await provider.shutdown()
    },
  }
}
