import { expect, test } from 'vitest'
import { drawChart } from '../../src/charts/chart.ts'
import { growthCharts } from '../../src/charts/write-charts.ts'

const point = (members: number, series: number, changedMs: number) => ({
  ...{ members, series, changedMs },
  ...{ firstMs: 10 * changedMs, unchangedMs: changedMs / 2, pageBytes: 1 },
})

test('each chart has the points of its own axis only, in order', () => {
  const tutti = [point(64, 5000, 80), point(1, 5000, 2), point(16, 5000, 20), point(16, 100, 1)]
  const [byProcesses, bySeries] = growthCharts({ tutti, rival: [point(16, 100, 300)], history: [] })
  expect(byProcesses!.lines.map(line => line.points)).toEqual([
    [
      [1, 2],
      [16, 20],
      [64, 80],
    ],
    [],
    [
      [1, 1],
      [16, 10],
      [64, 40],
    ],
    [
      [1, 20],
      [16, 200],
      [64, 800],
    ],
  ])
  expect(bySeries!.lines.map(line => line.points)).toEqual([
    [
      [100, 1],
      [5000, 20],
    ],
    [[100, 300]],
    [
      [100, 0.5],
      [5000, 10],
    ],
    [
      [100, 10],
      [5000, 200],
    ],
  ])
})

test('a chart is an SVG with its titles and a mark for each point', () => {
  const svg = drawChart({
    ...{ name: 'any', title: 'One scrape', xTitle: 'processes', xBase: 4, yTitle: 'ms' },
    lines: [
      {
        name: 'ours',
        points: [
          [1, 2],
          [16, 20],
          [64, 80],
        ],
      },
    ],
  })
  for (const text of ['One scrape', 'processes', 'ours', 'ms']) expect(svg).toContain(`>${text}<`)
  // The sign in the legend has one, too.
  expect(svg.match(/ecmeta_data_index="\d"/g)?.slice(0, 3)).toEqual(
    [0, 1, 2].map(index => `ecmeta_data_index="${index}"`),
  )
})
