import type { Family, Page } from '@tutti/console'
import { type Series, seriesOf } from '@tutti/console'
import { isScope } from '../../page/label-text.ts'
import type { Finding, Limits } from './finding.ts'
import { complaintsOfLabel, looksLikeIdentifier } from './label-rules.ts'
import { type Complaint, complaintsOfName } from './name-rules.ts'

/** What is amiss on a page, family by family. */
export function lintPage({ families, problems }: Page, limits: Limits): Finding[] {
  return [
    ...problems.map(({ line, why }) => ({
      ...{ code: 'page-line' as const, metric: `line ${line}` },
      ...{ problem: why, mend: 'Prometheus would refuse the whole page.' },
    })),
    ...families.flatMap(family =>
      complaintsOf(family, limits).map(complaint => ({ metric: family.name, ...complaint })),
    ),
  ]
}

function complaintsOf(family: Family, limits: Limits): Complaint[] {
  const { name, type, help, samples } = family
  const series = seriesOf(family)
  const bound = type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : ''
  const keys = new Set(samples.flatMap(({ labels }) => [...labels.keys()]).filter(key => key !== bound))
  return [
    // `target_info` is prescribed as it is.
    ...(name === 'target_info' ? [] : complaintsOfName(plainName(family), type)),
    ...(type === 'untyped'
      ? [{ code: 'type-missing' as const, problem: 'it has no type', mend: 'Say TYPE before it.' }]
      : []),
    ...(help === ''
      ? [{ code: 'help-missing' as const, problem: 'it has no help', mend: 'Describe it in a sentence.' }]
      : []),
    ...[...keys].flatMap(key => complaintsOfLabel(key, type)),
    ...values(
      series,
      [...keys].filter(key => !isScope(key)),
      limits,
    ),
    ...cardinality(series, limits),
  ]
}

/** In OpenMetrics a counter's family has no `_total`, its samples do. */
function plainName({ name, type, samples }: Family): string {
  return type === 'counter' && samples.some(sample => sample.name === `${name}_total`)
    ? `${name}_total`
    : name
}

function values(series: readonly Series[], keys: readonly string[], { maxValues }: Limits): Complaint[] {
  return keys.flatMap(key => {
    const values = new Set(series.map(({ labels }) => labels.get(key) ?? ''))
    const complaints: Complaint[] = []
    if (values.size > maxValues)
      complaints.push({
        code: 'label-values',
        problem: `label ${key} has ${values.size} values`,
        mend: `Tell apart at most ${maxValues}, and let the rest be "other".`,
      })
    const [found] = [...values].flatMap(value => looksLikeIdentifier(value) ?? [])
    if (found !== undefined)
      complaints.push({
        code: 'label-identifier',
        problem: `a value of label ${key} looks like ${found}`,
        mend: 'There are ever more of those: leave it out, or put it in a log or a trace.',
      })
    return complaints
  })
}

function cardinality(series: readonly Series[], { maxSeries }: Limits): Complaint[] {
  const complaints: Complaint[] = []
  if (series.length > maxSeries)
    complaints.push({
      code: 'cardinality',
      problem: `it has ${series.length} series, more than ${maxSeries}`,
      mend: 'Leave out the label with the most values.',
    })
  const has = (key: string, value?: string) =>
    series.some(({ labels }) => labels.has(key) && (value === undefined || labels.get(key) === value))
  if (has('otel_metric_overflow', 'true'))
    complaints.push({
      code: 'overflow',
      problem: 'its cardinality limit is reached, what came later counts together',
      mend: 'Leave out the label with the most values, or raise TUTTI_CARDINALITY_LIMIT.',
    })
  if (has('tutti_duplicate') || has('tutti_definition'))
    complaints.push({
      code: 'name-clash',
      problem: 'two instruments or sets of attributes would be the same on the page',
      mend: 'Define it once, and give an attribute values of one type.',
    })
  return complaints
}
