import type { MergedSeries } from '../merge/merged-series.ts'
import { isPlainMetricName, quoteName } from './escaping.ts'
import type { SeriesLines } from './series-lines.ts'
import type { TextFormat } from './text-format.ts'

/** Of a stream's series: what stands on each of its lines before the number, space included, in their order. */
export type WriteLines = (series: MergedSeries) => string[]

/**
 * A counter or gauge has one line; a histogram one a bucket, `le="+Inf"` last, then `_sum` and `_count`. When it began
 * comes last. All that is not of one series only is written once.
 * @param labelsOf writes those of a series as they stand between braces, without them.
 */
export function linesWriter(
  { name, createdName }: { readonly name: string; readonly createdName: string | undefined },
  lines: SeriesLines,
  format: TextFormat,
  labelsOf: (series: MergedSeries) => string,
): WriteLines {
  const parts = lines.bounds === undefined ? [line(name)] : histogramLines(name, lines.bounds, lines, format)
  if (createdName !== undefined) parts.push(line(createdName))
  return series => {
    const labels = labelsOf(series)
    return parts.map(({ before, after, alone }) => (labels === '' ? alone : before + labels + after))
  }
}

/** What stands before and behind a series' labels. */
interface Line {
  readonly before: string
  readonly after: string
  /** The line of a series that has no labels. */
  readonly alone: string
}

function histogramLines(
  name: string,
  bounds: readonly number[],
  { hasSum, hasCount }: SeriesLines,
  format: TextFormat,
): Line[] {
  const buckets = [...bounds.map(format.bound), '+Inf'].map(bound => line(`${name}_bucket`, `le="${bound}"`))
  if (hasSum) buckets.push(line(`${name}_sum`))
  if (hasCount) buckets.push(line(`${name}_count`))
  return buckets
}

/** A name that must be quoted stands among the labels (Prometheus' text format, version 1.0.0). */
function line(name: string, more = ''): Line {
  const isPlain = isPlainMetricName(name)
  const first = isPlain ? '' : quoteName(name, false)
  const own = [first, more].filter(part => part !== '').join()
  return {
    before: `${isPlain ? name : ''}{${first && `${first},`}`,
    after: `${more && `,${more}`}} `,
    alone: isPlain && own === '' ? `${name} ` : `${isPlain ? name : ''}{${own}} `,
  }
}
