import { onTestFinished } from 'vitest'
import { renderMetrics } from '../src/exposition/render-metrics.ts'
import type { SharedMeterProviderOptions } from '../src/instrument/provider-options.ts'
import { SharedMeterProvider } from '../src/instrument/shared-meter-provider.ts'
import { parsePlainly } from './page.ts'
import { temporaryDirectory } from './temporary-directory.ts'

/** A provider in a directory of its own, with what it warned of and what is on its page. */
export function testProvider(options: SharedMeterProviderOptions = {}) {
  const warnings: string[] = []
  const directory = options.directory ?? temporaryDirectory()
  const provider = new SharedMeterProvider({ warn: line => warnings.push(line), ...options, directory })
  onTestFinished(() => provider.shutdown())
  const page = async () => {
    await provider.forceFlush()
    return parsePlainly((await renderMetrics(directory)).body.toString())
  }
  return { provider, directory, warnings, meter: provider.getMeter('test'), page }
}
