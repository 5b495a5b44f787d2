import type { InstrumentDescription, MetricDescription } from '@tutti/business-metrics'
import type { Monitored } from '../options.ts'
import type { Alert } from './alert.ts'

/** The alerts about one part of a metric that a catalog describes. */
export type OfPart = (metric: MetricDescription, part: InstrumentDescription, options: Monitored) => Alert[]

/** A label on the Prometheus page, each with one value that it can have. */
export function labelsOf({ labels }: InstrumentDescription, ...without: string[]): Record<string, string> {
  return Object.fromEntries(
    labels
      .filter(({ name }) => !without.includes(name))
      .map(({ name, values }) => [name.replaceAll('.', '_'), String(values?.[0] ?? 'any')]),
  )
}

/** The labels that an aggregation keeps. */
export function by(labels: Record<string, string>): string {
  return ['job', ...Object.keys(labels)].join(', ')
}

/** What tells alerts of one rule apart: ` (connector {{ $labels.connector }})`. */
export function naming(labels: Record<string, string>): string {
  const names = Object.keys(labels)
  return names.length === 0 ? '' : ` (${names.map(name => `${name} {{ $labels.${name} }}`).join(', ')})`
}

/** A series as a story has it. */
export function seriesOf(
  { prometheusName }: InstrumentDescription,
  job: string,
  labels: Record<string, string>,
  more = '',
): string {
  const pairs = Object.entries(labels).map(([name, value]) => `, ${name}="${value}"`)
  return `${prometheusName}{job="${job}"${pairs.join('')}${more}}`
}
