import type { Line, PrometheusApi, Range } from '../test/live/prometheus.ts'
import { chosen } from '../test/live/queries.ts'
import type { FilledDashboard, FilledLine } from './content.ts'
import type { EmptyDashboard, EmptyPanel } from './dashboards.ts'

/** Asks Prometheus what Grafana would ask it with everything chosen, over that range. */
export async function fill(
  { panels, ...rest }: EmptyDashboard,
  prometheus: PrometheusApi,
  range: Range,
  scrapeSeconds: number,
): Promise<FilledDashboard> {
  const filled = await Promise.all(
    panels.map(async ({ targets, ...panel }) => {
      const lines = await Promise.all(
        targets.map(target => ask(prometheus, target, panel.kind, range, scrapeSeconds)),
      )
      return { ...panel, lines: panel.kind === 'heatmap' ? buckets(lines.flat()) : lines.flat() }
    }),
  )
  return { ...rest, range, panels: filled }
}

async function ask(
  prometheus: PrometheusApi,
  { expr, legend, isInstant }: EmptyPanel['targets'][number],
  kind: EmptyPanel['kind'],
  range: Range,
  scrapeSeconds: number,
): Promise<FilledLine[]> {
  // As Grafana has it: four scrapes at least.
  const rateSeconds = Math.max(range.stepSeconds + scrapeSeconds, 4 * scrapeSeconds)
  const query = chosen(expr, 'control-plane', `${Math.ceil(rateSeconds * 1_000)}ms`)
  if (isInstant) {
    const samples = await prometheus.ask(query)
    return samples.map(({ labels, value }) => ({ name: filledIn(legend, labels), labels, values: [value] }))
  }
  const answer = await prometheus.askRange(query, range)
  return answer.map(line => ({
    name: kind === 'heatmap' ? line.labels.le! : filledIn(legend, line.labels),
    labels: line.labels,
    values: onGrid(line, range),
  }))
}

function filledIn(legend: string, labels: Record<string, string>): string {
  return legend.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => labels[name] ?? '').trim()
}

/** NaN is what Prometheus says of 0 / 0: nothing to draw. */
function onGrid({ points }: Line, { startSeconds, endSeconds, stepSeconds }: Range): (number | null)[] {
  const byTime = new Map(
    points.map(([time, value]) => [Math.round((time - startSeconds) / stepSeconds), value]),
  )
  const count = Math.floor((endSeconds - startSeconds) / stepSeconds) + 1
  return Array.from({ length: count }, (_, index) => {
    const value = byTime.get(index)
    return value === undefined || !Number.isFinite(value) ? null : value
  })
}

/** Prometheus' buckets hold those below as well; each becomes what is in it alone, the fastest first. */
function buckets(lines: FilledLine[]): FilledLine[] {
  const bound = ({ name }: FilledLine) => (name === '+Inf' ? Number.POSITIVE_INFINITY : Number(name))
  const sorted = lines.toSorted((a, b) => bound(a) - bound(b))
  return sorted.map((line, index) => ({
    ...line,
    values: line.values.map((value, at) => {
      if (value === null) return null
      return Math.max(0, value - (sorted[index - 1]?.values[at] ?? 0))
    }),
  }))
}
