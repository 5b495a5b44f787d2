import type { InstrumentDescription, MetricDescription } from '@tutti/business-metrics'
import { metricOf } from '../names/metric.ts'
import type { Monitored } from '../options.ts'
import { quantile, rate, select } from '../promql.ts'
import { catalogRecords } from '../rules/catalog-recordings.ts'
import { type Dashboard, type Panel, query, type Row } from './panel.ts'
import { chosen } from './scope.ts'

/** The service's own metrics, as its catalogs describe them: a row for each group, a panel for each instrument. */
export function business({ title, catalogs }: Monitored): Dashboard | undefined {
  const rows = catalogs.flatMap(({ metrics }) => grouped(metrics).map(rowOf))
  if (rows.length === 0) return undefined
  return {
    slug: 'business',
    title: 'Business metrics',
    description: `What ${title} measures of its business.`,
    rows,
  }
}

/** Those of one group that stand beside each other; one without a group is alone. */
function grouped(metrics: readonly MetricDescription[]): MetricDescription[][] {
  const groups: MetricDescription[][] = []
  for (const metric of metrics) {
    const last = groups.at(-1)
    if (metric.group !== undefined && metric.group === last?.[0]?.group) last?.push(metric)
    else groups.push([metric])
  }
  return groups
}

function rowOf(metrics: MetricDescription[]): Row {
  const [{ group, description }] = metrics as [MetricDescription]
  const title =
    group === undefined ? description.replace(/\.$/, '') : group[0]!.toUpperCase() + group.slice(1)
  return {
    title,
    panels: filled(
      metrics.flatMap(metric => [...sharePanels(metric), ...metric.instruments.flatMap(panelsOf)]),
    ),
  }
}

/** Three beside each other; where that leaves one or two, those are wider, so that no line has a hole. */
function filled(panels: Panel[]): Panel[] {
  const rest = panels.length % 3
  const wide = rest === 1 && panels.length > 1 ? 4 : rest
  return panels.map((panel, index) => {
    const isLast = index >= panels.length - wide
    if (!isLast) return panel
    return { ...panel, width: wide === 1 ? 24 : 12 }
  })
}

/** Shares are right over all processes only where they are made of counters that add up. */
function sharePanels({ shape, name, instruments }: MetricDescription): Panel[] {
  const part = instruments.find(each => each.part === { cache: 'lookups', ratio: 'events' }[shape as string])
  if (part === undefined) return []
  const record = shape === 'cache' ? catalogRecords.cacheHitRatio : catalogRecords.successRatio
  const labels = part.labels.map(label => label.name.replaceAll('.', '_')).filter(each => each !== 'outcome')
  return [
    {
      ...{ title: `${name}, ${shape === 'cache' ? 'hit rate' : 'success rate'}`, kind: 'lines' },
      ...{ unit: 'percentunit', width: 8, description: 'Over five minutes and all processes.' },
      queries: [
        query(
          `${record}{job=~"$job", metric="${name}"}`,
          labels.map(each => `{{${each}}}`).join(' ') || name,
        ),
      ],
    },
  ]
}

function panelsOf(instrument: InstrumentDescription): Panel[] {
  const metric = metricOf(instrument)
  const { kind, name, unit, family } = metric
  const labels = instrument.labels.map(label => label.name.replaceAll('.', '_'))
  const legend = labels.length === 0 ? name : labels.map(label => `{{${label}}}`).join(' ')
  const panel = (rest: Pick<Panel, 'unit' | 'queries'> & Partial<Panel>): Panel => {
    return { title: name, description: instrument.description, kind: 'lines', width: 8, ...rest }
  }
  // Without labels there is one line.
  const by = labels.length === 0 ? 'job' : labels.join(', ')
  if (kind === 'counter') return [panel({ unit: 'ops', queries: [query(rate(metric, chosen, by), legend)] })]
  if (kind === 'histogram')
    return [
      panel({
        unit: unitOf(unit),
        queries: [0.5, 0.95, 0.99].map(q =>
          query(quantile(q, metric, chosen, labels.join(', ')), `p${q * 100} ${legend}`),
        ),
      }),
    ]
  if (family.endsWith('_timestamp_seconds'))
    return [
      panel({
        ...{ kind: 'stat', unit: 's', title: `${name}, ago`, isTall: true },
        queries: [query(`time() - max by (${by}) (${select(metric, chosen)})`, legend)],
      }),
    ]
  const how = instrument.across === 'sum' ? 'sum' : 'max'
  return [
    panel({
      unit: unitOf(unit, family),
      queries: [query(`${how} by (${by}) (${select(metric, chosen)})`, legend)],
    }),
  ]
}

/** UCUM to Grafana. */
function unitOf(unit: string, family = ''): string {
  if (unit === '1' || /_(?:ratio|rate)$/.test(family)) return 'percentunit'
  return { s: 's', ms: 'ms', By: 'bytes' }[unit] ?? 'short'
}
