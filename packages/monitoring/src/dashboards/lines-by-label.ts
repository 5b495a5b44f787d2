import type { Metric } from '../names/metric.ts'
import { quantile, rate, share } from '../promql.ts'
import { type Panel, query } from './panel.ts'
import { chosen } from './scope.ts'

/** Lines of one metric: one for each value of its labels. */
interface LinesByLabel extends Pick<Panel, 'title' | 'description' | 'stacked' | 'alarming'> {
  readonly metric: Metric
  /** Labels, with commas between. */
  readonly by: string
  /** What a line is called: the values of those labels unless it is said. */
  readonly legend?: string
}

/** Events a second. */
export function ratePanel(
  panel: LinesByLabel & { readonly unit?: 'ops' | 'reqps'; readonly matching?: string },
): Panel {
  const { metric, by, legend, unit = 'ops', matching, ...rest } = panel
  return {
    ...rest,
    kind: 'lines',
    unit,
    queries: [query(rate(metric, chosen, by, matching), legendOf(panel))],
  }
}

/** What nineteen of twenty events take at most, in seconds. */
export function p95Panel(panel: LinesByLabel): Panel {
  const { metric, by, legend, ...rest } = panel
  return {
    ...rest,
    kind: 'lines',
    unit: 's',
    queries: [query(quantile(0.95, metric, chosen, by), legendOf(panel))],
  }
}

/** The part of events that match, of those that `among` chooses. */
export function sharePanel(
  panel: LinesByLabel & { readonly matching: string; readonly among?: string },
): Panel {
  const { metric, by, legend, matching, among, ...rest } = panel
  const expr = share(metric, chosen, by, matching, among)
  return { ...rest, kind: 'lines', unit: 'percentunit', queries: [query(expr, legendOf(panel))] }
}

function legendOf({ by, legend }: LinesByLabel): string {
  return legend ?? by.replaceAll(/(\w+),?/g, '{{$1}}')
}
