import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Colors } from '../charts/colors.ts'
import type { KeyedRow } from '../figures/route-figures.ts'
import { inUnit } from '../format/by-unit.ts'

interface RouteTableProps {
  readonly rows: readonly KeyedRow[]
  readonly colors: Colors
  readonly chosen: string | undefined
  readonly choose: (key: string | undefined) => void
}

type Measure = 'rate' | 'errors' | 'p50' | 'p95' | 'p99' | 'total'

const COLUMNS: readonly { readonly key: Measure; readonly title: string }[] = [
  { key: 'rate', title: 'Requests' },
  { key: 'errors', title: 'Errors' },
  { key: 'p50', title: 'p50' },
  { key: 'p95', title: 'p95' },
  { key: 'p99', title: 'p99' },
  { key: 'total', title: 'Total' },
]
const UNITS = {
  rate: 'rate',
  errors: 'ratio',
  p50: 'seconds',
  p95: 'seconds',
  p99: 'seconds',
  total: 'count',
} as const
const MAX_ROWS = 200

/** A row a route: what it was asked in the last seconds, and since the service began. */
export function RouteTable({ rows, colors, chosen, choose }: RouteTableProps): JSX.Element {
  const [sort, setSort] = useState<Measure>('total')
  const sorted = [...rows].sort(
    (a, b) => (b[sort] || 0) - (a[sort] || 0) || b.total - a.total || (a.key < b.key ? -1 : 1),
  )
  return (
    <table class="rows routes" aria-label="Routes">
      <thead>
        <tr>
          <th scope="col">Route</th>
          {COLUMNS.map(({ key, title }) => (
            <th key={key} scope="col" class="number" aria-sort={sort === key ? 'descending' : undefined}>
              <button type="button" onClick={() => setSort(key)}>
                {title}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.slice(0, MAX_ROWS).map(row => (
          <tr key={row.key} class={chosen === row.key ? 'chosen' : undefined} data-route={row.key}>
            <th scope="row">
              <button
                type="button"
                class="pick"
                aria-pressed={chosen === row.key}
                onClick={() => choose(chosen === row.key ? undefined : row.key)}
              >
                <span class={`swatch color-${(colors.of(row.key) ?? 8) + 1}`} aria-hidden="true" />
                <span class="method">{row.method}</span> {row.route}
              </button>
            </th>
            {COLUMNS.map(({ key, title }) => (
              <td
                key={key}
                class={key === 'errors' && row.errors > 0 ? 'number bad' : 'number'}
                data-label={title}
                data-measure={key}
                data-value={row[key]}
              >
                {inUnit(row[key], UNITS[key])}
              </td>
            ))}
          </tr>
        ))}
        {rows.length === 0 && (
          <tr>
            <td class="empty" colSpan={7}>
              No request has been answered yet.
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
