import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type GrowthPoint, type GrowthResult, rivalName } from '../growth/run.ts'
import { packageNames } from '../peers.ts'
import { usualSize } from '../scrape/series.ts'
import { type Chart, drawChart } from './chart.ts'

/** Writes the pictures beside the report that shows them. */
export function writeCharts(report: string, growth: GrowthResult): void {
  const folder = join(dirname(report), 'pictures')
  mkdirSync(folder, { recursive: true })
  for (const chart of growthCharts(growth))
    writeFileSync(join(folder, `benchmark-${chart.name}.svg`), drawChart(chart))
}

export function growthCharts({ tutti, rival }: GrowthResult): Chart[] {
  const { members, series } = usualSize
  const lines = (isOn: (point: GrowthPoint) => boolean, x: 'members' | 'series') => {
    const line = (name: string, points: GrowthPoint[], y: 'firstMs' | 'changedMs' | 'unchangedMs') => ({
      name,
      points: points
        .filter(isOn)
        .sort((a, b) => a[x] - b[x])
        .map(point => [point[x], point[y]] as const),
    })
    return [
      line('Tutti, changed', tutti, 'changedMs'),
      line(`${packageNames[rivalName]}, changed`, rival, 'changedMs'),
      line('Tutti, unchanged', tutti, 'unchangedMs'),
      line('Tutti, first', tutti, 'firstMs'),
    ]
  }
  return [
    {
      name: 'scrape-by-processes',
      title: `One scrape, ${series.toLocaleString('en-US')} histogram series in each process`,
      ...{ xTitle: 'processes', xBase: 4 },
      yTitle: 'ms',
      lines: lines(point => point.series === series, 'members'),
    },
    {
      name: 'scrape-by-series',
      title: `One scrape of ${members} processes`,
      ...{ xTitle: 'histogram series in each process', xBase: 10 },
      yTitle: 'ms',
      lines: lines(point => point.members === members, 'series'),
    },
  ]
}
