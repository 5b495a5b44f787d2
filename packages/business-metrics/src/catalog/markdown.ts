import type {
  CatalogDescription,
  InstrumentDescription,
  LabelDescription,
  MetricDescription,
} from './describe.ts'

/** The catalog as a page of docs: a table of what is on the Prometheus page, and the objectives. */
export function catalogMarkdown({ name, metrics }: CatalogDescription): string {
  return [
    `# Metrics of ${name}`,
    '',
    '| metric | type | unit | labels | what it says |',
    '| --- | --- | --- | --- | --- |',
    ...metrics.flatMap(({ instruments }) => instruments.map(row)),
    ...metrics.flatMap(objectiveLines),
    '',
  ].join('\n')
}

function row({ prometheusName, kind, unit, labels, description }: InstrumentDescription): string {
  const cells = [`\`${prometheusName}\``, TYPES[kind], unit, labels.map(labelText).join(', '), description]
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}

const TYPES: Record<InstrumentDescription['kind'], string> = {
  counter: 'counter',
  histogram: 'histogram',
  gauge: 'gauge',
}

function labelText({ name, values, limit }: LabelDescription): string {
  const key = `\`${name.replaceAll('.', '_')}\``
  return values === undefined ? `${key} (text, ${limit} values)` : `${key} (${values.join(', ')})`
}

function objectiveLines({ name, objective }: MetricDescription): string[] {
  if (objective === undefined) return []
  const { target, latencySeconds, windowDays, good, total } = objective
  const within = latencySeconds === undefined ? '' : ` within ${latencySeconds} s`
  const share = `${Number((target * 100).toFixed(6))} %`
  return [
    '',
    `Objective of ${name}: ${share} good${within} over ${windowDays} days, \`${good}\` / \`${total}\`.`,
  ]
}
