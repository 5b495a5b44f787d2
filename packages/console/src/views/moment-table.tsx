import type { JSX } from 'preact'
import { clock } from '../charts/time-axis.ts'
import type { Entry } from './time-figure.tsx'

interface MomentTableProps {
  readonly title: string
  readonly times: Float64Array
  readonly entries: readonly Entry[]
  readonly format: (value: number) => string
}

/** A chart as a table: a row a moment, the latest first. What is drawn stands in it, to the last digit in `data-value`. */
export function MomentTable({ title, times, entries, format }: MomentTableProps): JSX.Element {
  const moments = Array.from(times, (seconds, at) => ({ seconds, at })).reverse()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys
    <section class="moments" aria-label={`${title}, as a table`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {entries.map(({ label }) => (
              <th scope="col" key={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {moments.map(({ seconds, at }) => (
            <tr key={seconds} data-seconds={seconds}>
              <th scope="row">{clock(seconds)}</th>
              {entries.map(({ label, values }) => (
                <td key={label} data-value={values[at]}>
                  {format(values[at])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
