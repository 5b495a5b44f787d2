import { DirectoryReader } from '../snapshot/directory-reader.ts'
import { LivePage } from './live-page.ts'
import { negotiate } from './negotiate.ts'
import { type PageOptions, pageOptionsOf } from './page-options.ts'

/**
 * One page of everything in a directory, dead and alive. Rejects when the directory can't be read. For repeated
 * scrapes use `startExposer` or `metricsHandler`: they keep what they have parsed.
 *
 * @param options.accept an HTTP Accept header: text 0.0.4 (the default), OpenMetrics 1.0.0, or protobuf.
 * @throws {PageOptionError} for options that make no sense.
 */
export async function renderMetrics(
  directory: string,
  options: { accept?: string } & PageOptions = {},
): Promise<{ contentType: string; body: Buffer }> {
  const pageOptions = pageOptionsOf(options)
  const reader = new DirectoryReader(directory)
  try {
    const page = new LivePage(reader, { ...pageOptions, warn: () => {} })
    const format = negotiate(options.accept)
    page.update()
    return { contentType: format.contentType, body: page.write(format) }
  } finally {
    reader.close()
  }
}
