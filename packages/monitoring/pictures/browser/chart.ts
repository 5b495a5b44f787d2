/// <reference lib="dom" />
import uPlot from 'uplot'
import type { FilledDashboard } from '../content.ts'
import { faint, label } from './colours.ts'

type Range = FilledDashboard['range']

/** The times of all values, in seconds. */
export function timesOf({ startSeconds, endSeconds, stepSeconds }: Range): number[] {
  const count = Math.floor((endSeconds - startSeconds) / stepSeconds) + 1
  return Array.from({ length: count }, (_, index) => startSeconds + index * stepSeconds)
}

const font = '11px DejaVu Sans, sans-serif'

/** Everything of a chart that is the same for all: its size, and a time axis in UTC. */
export function commonOptions(body: HTMLElement, heightPixels: number): Omit<uPlot.Options, 'series'> {
  return {
    ...{ width: body.clientWidth, height: heightPixels, pxAlign: false },
    ...{ legend: { show: false }, cursor: { show: false }, padding: [8, 12, 0, 0] },
    tzDate: time => uPlot.tzDate(new Date(time * 1_000), 'Etc/UTC'),
    scales: { x: { time: true } },
  }
}

export function timeAxis(): uPlot.Axis {
  return {
    ...{
      stroke: label,
      font,
      size: 26,
      space: 90,
      grid: { stroke: faint, width: 1 },
      ticks: { show: false },
    },
    incrs: [10, 20, 30, 60, 120, 300, 600, 1_800, 3_600],
    values: (_self, splits) =>
      splits.map(each => new Date(each * 1_000).toISOString().slice(11, splits.length > 8 ? 16 : 19)),
  }
}

export function valueAxis(write: (value: number) => string, unit = ''): uPlot.Axis {
  return {
    ...{ stroke: label, font, space: 34, grid: { stroke: faint, width: 1 }, ticks: { show: false } },
    ...(unit === 'bytes' && { incrs: powersOfTwo }),
    values: (_self, splits) => splits.map(write),
    // As wide as its widest text.
    size: (_self, values) => 14 + Math.max(24, ...(values ?? []).map(text => (text ?? '').length * 6.6)),
  }
}

/** So that bytes are written without fractions. */
const powersOfTwo = Array.from({ length: 45 }, (_, power) => 2 ** power)

export { uPlot }
