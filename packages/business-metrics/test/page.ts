import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { metrics } from '@opentelemetry/api'
import { renderMetrics, SharedMeterProvider } from '@tutti/aggregator'

export interface TuttiPage {
  readonly directory: string
  /** Lines of the Prometheus page, without comments and without labels of the scope. */
  lines(): Promise<string[]>
  stop(): Promise<void>
}

/** Our own provider, registered globally. */
export function startTutti(): TuttiPage {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-business-'))
  const provider = new SharedMeterProvider({ directory, warn: () => {} })
  metrics.setGlobalMeterProvider(provider)
  return {
    directory,
    async lines() {
      provider.observe()
      await new Promise(resolve => setImmediate(resolve))
      provider.observe()
      return readPage(directory)
    },
    async stop() {
      metrics.disable()
      await provider.shutdown()
      rmSync(directory, { recursive: true })
    },
  }
}

export async function readPage(directory: string): Promise<string[]> {
  const { body } = await renderMetrics(directory)
  return String(body)
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line =>
      line
        .replace(/otel_scope_\w+="[^"]*",?/g, '')
        .replace(',}', '}')
        .replace('{}', ''),
    )
}
