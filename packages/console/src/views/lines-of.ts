import type { Colors } from '../charts/colors.ts'
import type { Line } from '../charts/line-chart.ts'
import type { Live } from '../live.ts'

/** More lines than this nobody can follow. */
export const MAX_LINES = 6

export interface Shown {
  readonly times: Float64Array
  readonly range: [number, number]
}

/** The time that is shown, the same for all charts. */
export function shownTime({ history, nowSeconds, windowSeconds }: Live): Shown {
  const from = nowSeconds - windowSeconds
  return { times: history.times(from), range: [from, nowSeconds] }
}

/** The lines of tracks with this prefix that have most to show, in an order that does not jump. */
export function linesOf(
  live: Live,
  prefix: string,
  colors: Colors,
  withoutZeros = false,
): { lines: Line[]; hiddenCount: number } {
  const from = live.nowSeconds - live.windowSeconds
  const all = live.history
    .names(prefix)
    .map(label => ({ label, values: live.history.values(prefix + label, from) }))
    .map(line => ({ ...line, weight: preferShown(total(line.values), line.label, colors) }))
    .filter(({ weight }) => (withoutZeros ? weight > 0 : !Number.isNaN(weight)))
  const shown = all.sort((a, b) => b.weight - a.weight).slice(0, MAX_LINES)
  shown.sort((a, b) => (a.label < b.label ? -1 : 1))
  const assigned = colors.assign(shown.map(({ label }) => label))
  return {
    lines: shown.map(({ label, values }, at) => ({ label, values, color: assigned[at] })),
    hiddenCount: all.length - shown.length,
  }
}

/** What is shown stays until something has clearly more to show: else lines of the same weight would take turns. */
export function preferShown(weight: number, label: string, colors: Colors): number {
  return colors.of(label) === undefined ? weight : weight * 1.25
}

/** NaN when there is nothing at all. */
export function total(values: ArrayLike<number>): number {
  let sum = Number.NaN
  for (let at = 0; at < values.length; at++)
    if (!Number.isNaN(values[at])) sum = (Number.isNaN(sum) ? 0 : sum) + values[at]
  return sum
}
