import type { Family, Page } from '@tutti/console'
import {
  byteCount,
  duration,
  type Histogram,
  quantile,
  quantity,
  type Series,
  seriesOf,
} from '@tutti/console'
import { labelText } from '../../page/label-text.ts'
import { printable } from '../../terminal/printable.ts'
import { table } from '../../terminal/table.ts'

/** A page for people: one row a series. */
export function pageTable(page: Page, withScope: boolean): string {
  const rows = page.families.flatMap(family =>
    seriesOf(family).map(series => [
      printable(family.name),
      family.type,
      describeValue(family, series),
      labelText(series.labels, withScope),
    ]),
  )
  return table(
    [{ title: 'NAME' }, { title: 'TYPE' }, { title: 'VALUE', right: true }, { title: 'LABELS' }],
    rows,
  )
}

function describeValue(family: Family, { value, histogram }: Series): string {
  return histogram === undefined ? quantity(value ?? Number.NaN) : describeHistogram(family, histogram)
}

function describeHistogram({ name }: Family, { count, sum, buckets }: Histogram): string {
  if (count === 0) return '0'
  const inUnit = name.endsWith('_seconds') ? duration : name.endsWith('_bytes') ? byteCount : quantity
  const quantiles =
    buckets.length === 0 ? [] : [50, 95, 99].map(each => `p${each} ${inUnit(quantile(buckets, each / 100))}`)
  return [quantity(count), `mean ${inUnit(sum / count)}`, ...quantiles].join('  ')
}
