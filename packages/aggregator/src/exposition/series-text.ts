import type { Aggregation } from '../segment/aggregation.ts'
import type { StreamDefinition } from '../segment/stream.ts'
import { isPlainMetricName, quoteName } from './escaping.ts'
import type { TextFormat } from './text-format.ts'

/**
 * Everything of a series but its numbers, in the order of its lines: rendered once, when the series appears.
 * Line i is `bytes[ends[i - 1] .. ends[i]]`, then a number, then a line feed.
 */
export interface SeriesText {
  readonly bytes: Buffer
  readonly ends: Uint32Array
}

/**
 * A counter or gauge has one line; a histogram one a bucket, `le="+Inf"` last, then `_sum` and `_count`.
 * @param labels between braces, without them.
 * @param writing.createdName the sample that says when the series began, which comes last; undefined for none.
 */
export function renderSeriesText(
  name: string,
  { aggregation }: StreamDefinition,
  labels: string,
  writing: { format: TextFormat; createdName: string | undefined },
): SeriesText {
  const boundaries = boundariesOf(aggregation)
  const lines = boundaries
    ? histogramLines(name, boundaries.map(writing.format.bound), labels)
    : [line(name, labels)]
  if (writing.createdName !== undefined) lines.push(line(writing.createdName, labels))
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

/** The text formats know no exponential buckets: of such a histogram they show the count and the sum. */
function boundariesOf(aggregation: Aggregation): readonly number[] | undefined {
  if (aggregation.type === 'explicitBuckets') return aggregation.boundaries
  return aggregation.type === 'exponentialBuckets' ? [] : undefined
}

function histogramLines(name: string, bounds: readonly string[], labels: string): string[] {
  return [
    ...[...bounds, '+Inf'].map(bound => line(`${name}_bucket`, join(labels, `le="${bound}"`))),
    line(`${name}_sum`, labels),
    line(`${name}_count`, labels),
  ]
}

/** A name that must be quoted stands among the labels (Prometheus' text format, version 1.0.0). */
function line(name: string, labels: string): string {
  if (labels === '' && isPlainMetricName(name)) return `${name} `
  return isPlainMetricName(name) ? `${name}{${labels}} ` : `{${join(quoteName(name, false), labels)}} `
}

/** Without the scope there may be no labels at all. */
function join(...parts: string[]): string {
  return parts.filter(part => part !== '').join()
}
