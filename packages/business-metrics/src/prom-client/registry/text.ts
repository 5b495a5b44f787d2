import type { Histogram } from '../metrics/histogram.ts'
import type { HistogramSeries } from '../metrics/histogram-series.ts'
import type { Exemplar, Reading } from '../metrics/reading.ts'
import type { Labels } from '../series/label-rules.ts'

/** How a registry writes its page. */
export interface TextForm {
  readonly isOpenMetrics: boolean
  /** Stand on every sample that does not have them; undefined: there are none. */
  readonly defaultLabels: Labels | undefined
}

type Described = Pick<Reading, 'name' | 'help' | 'type'>

/** A metric as the text format has it, without a line end. Foreign ones may have no values, or no labels. */
export function writeMetric(reading: Described & Partial<Pick<Reading, 'values'>>, form: TextForm): string {
  const { isOpenMetrics, defaultLabels } = form
  const isTotal = isOpenMetrics && reading.type === 'counter'
  const name = familyName(reading, form)
  let text = head(name, reading)
  for (const { metricName = name, labels, value, exemplar } of reading.values ?? []) {
    const all = defaultLabels === undefined ? labels : { ...labels, ...defaultLabels, ...labels }
    const written = all === undefined ? '' : writeLabels(all)
    text += `\n${isTotal ? `${metricName}_total` : metricName}${written && `{${written}}`} ${writeNumber(value)}`
    if (exemplar && isOpenMetrics) text += writeExemplar(exemplar)
  }
  return text
}

/** The same of a histogram, whose series share their bounds, and whose lines share their labels. */
export function writeHistogram(
  histogram: Pick<Histogram, 'name' | 'help' | 'type' | 'upperBounds' | 'shown'>,
  form: TextForm,
): string {
  const { name, upperBounds } = histogram
  const bounds = [...upperBounds.map(bound => `\n${name}_bucket{le="${bound}"`), `\n${name}_bucket{le="+Inf"`]
  let text = head(name, histogram)
  for (const series of histogram.shown) {
    const { cells, exemplars } = series
    const labels = labelsText(series, form)
    const more = `${labels && `,${labels}`}} `
    let count = 0
    for (let bucket = 0; bucket < bounds.length; bucket++) {
      count += cells[bucket]
      text += bounds[bucket] + more + count
      const exemplar = exemplars?.[bucket]
      if (exemplar !== undefined && form.isOpenMetrics) text += writeExemplar(exemplar)
    }
    const own = labels && `{${labels}}`
    text += `\n${name}_sum${own} ${writeNumber(cells[cells.length - 1])}\n${name}_count${own} ${count}`
  }
  return text
}

function labelsText(series: HistogramSeries, { defaultLabels }: TextForm): string {
  if (defaultLabels !== undefined) return writeLabels({ ...defaultLabels, ...series.labels })
  series.text ??= writeLabels(series.labels)
  return series.text
}

/** OpenMetrics knows a counter by its name without `_total`, which all of its samples have. */
function familyName({ name, type }: Described, { isOpenMetrics }: TextForm): string {
  return isOpenMetrics && type === 'counter' ? name.replace(/_total$/, '') : name
}

function head(name: string, { help, type }: Described): string {
  const escaped = escapeText(name)
  return `# HELP ${escaped} ${escapeText(help)}\n# TYPE ${escaped} ${type}`
}

function writeExemplar({ labelSet, value, timestamp }: Exemplar): string {
  return ` # {${writeLabels(labelSet)}} ${writeNumber(value)} ${timestamp}`
}

function writeLabels(labels: Labels): string {
  let text = ''
  for (const [name, value] of Object.entries(labels)) {
    if (text !== '') text += ','
    text += `${name}="${typeof value === 'string' ? escapeText(value).replaceAll('"', '\\"') : value}"`
  }
  return text
}

function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}

/** As prom-client spells what is not finite. */
function writeNumber(value: number): string {
  if (Number.isFinite(value)) return `${value}`
  if (Number.isNaN(value)) return 'Nan'
  return value < 0 ? '-Inf' : '+Inf'
}
