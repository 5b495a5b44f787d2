import type { LabelDefinitions } from '../labels/definitions.ts'
import { type Label, readLabels } from '../labels/label.ts'
import { MetricMisuseError } from '../misuse-error.ts'
import type { Across, InstrumentKind, InstrumentSpec } from '../recording/instrument-spec.ts'

/** Series of one instrument in a process, unless it is said otherwise: half of what Tutti's provider shows. */
const MAX_SERIES = 1_000

export interface SpecOptions {
  readonly kind: InstrumentKind
  readonly name: string
  readonly description: string
  readonly unit?: string | undefined
  readonly labels?: LabelDefinitions | undefined
  readonly buckets?: readonly number[] | undefined
  readonly across?: Across | undefined
  readonly maxSeries?: number | undefined
  readonly beginsAtZero?: boolean | undefined
}

/** Throws {@link MetricMisuseError} for what can't be an instrument, and says the mend. */
export function readSpec(options: SpecOptions): InstrumentSpec {
  const {
    kind,
    name,
    description,
    unit = '',
    labels = {},
    buckets,
    across,
    maxSeries = MAX_SERIES,
    beginsAtZero,
  } = options
  checkName(name)
  if (typeof description !== 'string' || description.trim() === '')
    throw invalid(
      name,
      'it has no description. Say in one sentence what it counts: it is the HELP line of the page',
    )
  if (typeof unit !== 'string' || !/^[\x21-\x7e]{0,63}$/.test(unit))
    throw invalid(name, `unit ${JSON.stringify(unit)} is none. Use UCUM: "s", "By", "{order}"`)
  if (buckets !== undefined) checkBuckets(name, buckets)
  if (across !== undefined && !['last', 'sum', 'each'].includes(across))
    throw invalid(name, `across ${JSON.stringify(across)} is unknown. Use "last", "sum" or "each"`)
  if (!Number.isInteger(maxSeries) || maxSeries < 1)
    throw invalid(name, `maxSeries ${JSON.stringify(maxSeries)} is no whole number from 1`)
  const read = readLabels(name, labels)
  checkSeries(name, read, maxSeries)
  return {
    kind,
    name,
    description: description.trim(),
    unit,
    labels: read,
    buckets,
    across,
    beginsAtZero,
    maxSeries,
  }
}

export function invalid(metric: string, what: string): MetricMisuseError {
  return new MetricMisuseError('TUTTI_METRIC_OPTION_INVALID', `${metric}: ${what}.`)
}

function checkName(name: unknown): void {
  const fail = (why: string) => new MetricMisuseError('TUTTI_METRIC_NAME_INVALID', `${shown(name)}: ${why}`)
  if (typeof name !== 'string' || name.length > 120 || !/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/.test(name))
    throw fail(
      'is no name of a metric. Use words of lower-case letters, digits and _ with dots between: "feed.polls".',
    )
  if (/[._]total$/.test(name)) throw fail('leave "total" out: the page adds it to every counter.')
  if (/[._](bucket|sum|count)$/.test(name))
    throw fail('ends like a part of a histogram on the page. Choose another last word.')
  if (name.startsWith('tutti.'))
    throw fail('names that begin with "tutti." are Tutti\'s own. Choose another first word.')
}

function checkBuckets(name: string, buckets: readonly number[]): void {
  if (!Array.isArray(buckets) || buckets.length === 0 || buckets.length > 100)
    throw invalid(name, 'buckets are 1 to 100 upper boundaries')
  const isRising = buckets.every(
    (bound, at) => Number.isFinite(bound) && (at === 0 || bound > buckets[at - 1]),
  )
  if (!isRising) throw invalid(name, 'buckets are finite numbers, each larger than the one before')
}

/** Listed labels are all published from the start, so all of them must fit. */
function checkSeries(name: string, labels: readonly Label[], maxSeries: number): void {
  const count = labels.reduce((product, { values }) => product * Math.max(1, values.length), 1)
  if (count <= maxSeries) return
  throw new MetricMisuseError(
    'TUTTI_TOO_MANY_SERIES',
    `${name}: its labels ${labels.map(label => label.name).join(', ')} make ${count} series, and its limit is ` +
      `${maxSeries}. Leave a label out, make two metrics of it, or raise maxSeries.`,
  )
}

function shown(name: unknown): string {
  return typeof name === 'string' ? JSON.stringify(name.slice(0, 120)) : String(typeof name)
}
