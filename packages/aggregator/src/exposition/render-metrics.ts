import { DirectoryReader } from '../snapshot/directory-reader.ts'
import { LivePage } from './live-page.ts'
import { TEXT_CONTENT_TYPE } from './text-page.ts'

/**
 * One page of everything in a directory, dead and alive, in Prometheus' text format 0.0.4 (UTF-8).
 * `accept` is an HTTP Accept header; there is one format to choose from so far.
 * Rejects when the directory can't be read. For repeated scrapes use `startExposer` or `metricsHandler`: they
 * keep what they have parsed.
 */
export async function renderMetrics(
  directory: string,
  _options: { accept?: string } = {},
): Promise<{ contentType: string; body: Buffer }> {
  const reader = new DirectoryReader(directory)
  try {
    return { contentType: TEXT_CONTENT_TYPE, body: new LivePage(reader, () => {}).render() }
  } finally {
    reader.close()
  }
}
