import type { Attributes } from '@opentelemetry/api'
import type { MergedStream } from '../merge/merged-stream.ts'
import { renderLabels } from './labels.ts'

/**
 * Everything of a series but its numbers, in the order of its lines: rendered once, when the series appears.
 * Line i is `bytes[ends[i - 1] .. ends[i]]`, then a number, then a line feed.
 */
export interface SeriesText {
  readonly bytes: Buffer
  readonly ends: Uint32Array
}

/** A counter or gauge has one line; a histogram one a bucket, `le="+Inf"` last, then `_sum` and `_count`. */
export function renderSeriesText(
  name: string,
  stream: MergedStream,
  attributes: Attributes,
  more: Record<string, string>,
): SeriesText {
  const labels = renderLabels(attributes, stream.definition.scope, more)
  const lines =
    stream.definition.kind === 'HISTOGRAM' ? histogramLines(name, stream, labels) : [`${name}{${labels}} `]
  const ends = new Uint32Array(lines.length)
  let end = 0
  lines.forEach((line, index) => {
    end += Buffer.byteLength(line)
    ends[index] = end
  })
  // Not from Node's pool: the bytes stay for as long as the series.
  const bytes = Buffer.allocUnsafeSlow(end)
  bytes.write(lines.join(''))
  return { bytes, ends }
}

function histogramLines(name: string, stream: MergedStream, labels: string): string[] {
  const bounds = [...stream.definition.boundaries.map(String), '+Inf']
  return [
    ...bounds.map(bound => `${name}_bucket{${labels},le="${bound}"} `),
    `${name}_sum{${labels}} `,
    `${name}_count{${labels}} `,
  ]
}
