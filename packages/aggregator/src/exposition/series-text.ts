import type { Attributes } from '@opentelemetry/api'
import type { MergedStream } from '../merge/merged-stream.ts'
import type { Aggregation } from '../segment/aggregation.ts'
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
  const { aggregation, scope } = stream.definition
  const labels = renderLabels(attributes, scope, more)
  const boundaries = boundariesOf(aggregation)
  const lines = boundaries ? histogramLines(name, boundaries, labels) : [`${name}{${labels}} `]
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

/** This format knows no exponential buckets: of such a histogram it shows the count and the sum. */
function boundariesOf(aggregation: Aggregation): readonly number[] | undefined {
  if (aggregation.type === 'explicitBuckets') return aggregation.boundaries
  return aggregation.type === 'exponentialBuckets' ? [] : undefined
}

function histogramLines(name: string, boundaries: readonly number[], labels: string): string[] {
  const bounds = [...boundaries.map(String), '+Inf']
  return [
    ...bounds.map(bound => `${name}_bucket{${labels},le="${bound}"} `),
    `${name}_sum{${labels}} `,
    `${name}_count{${labels}} `,
  ]
}
