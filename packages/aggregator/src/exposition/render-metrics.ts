import { DirectoryReader } from '../snapshot/directory-reader.ts'
import { LivePage } from './live-page.ts'
import { negotiate } from './negotiate.ts'
import type { TranslationStrategy } from './strategy.ts'

/**
 * One page of everything in a directory, dead and alive. Rejects when the directory can't be read. For repeated
 * scrapes use `startExposer` or `metricsHandler`: they keep what they have parsed.
 *
 * @param options.accept an HTTP Accept header: text 0.0.4 (the default), OpenMetrics 1.0.0, or protobuf.
 * @param options.translationStrategy how OpenTelemetry's names become Prometheus'.
 * @param options.constantLabels resource attributes with such keys stand on every sample.
 */
export async function renderMetrics(
  directory: string,
  options: { accept?: string; translationStrategy?: TranslationStrategy; constantLabels?: RegExp } = {},
): Promise<{ contentType: string; body: Buffer }> {
  const { accept, translationStrategy: strategy, constantLabels } = options
  const reader = new DirectoryReader(directory)
  try {
    const page = new LivePage(reader, { warn: () => {}, strategy, constantLabels })
    const format = negotiate(accept)
    page.update()
    return { contentType: format.contentType, body: page.write(format) }
  } finally {
    reader.close()
  }
}
