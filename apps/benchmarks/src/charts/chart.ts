import * as echarts from 'echarts'

export interface Line {
  name: string
  points: (readonly [x: number, y: number])[]
}

export interface Chart {
  /** Of its file, without the extension. */
  name: string
  title: string
  xTitle: string
  /** From one mark of the axis to the next. */
  xBase: number
  yTitle: string
  lines: Line[]
}

/** Colours that differ for the colour-blind, too (Okabe and Ito). */
const COLORS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7']

/** A chart with two logarithmic axes as SVG, on white so that it reads on a dark page as well. */
export function drawChart({ title, xTitle, xBase, yTitle, lines }: Chart): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 760, height: 400 })
  const axis = { type: 'log' as const, nameLocation: 'middle' as const, minorSplitLine: { show: false } }
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    color: COLORS,
    title: { text: title, left: 16, top: 12, textStyle: { fontSize: 16 } },
    // Text can't be measured here: room for one that is wider than estimated.
    legend: { top: 42, left: 12, itemGap: 30 },
    grid: { left: 70, right: 30, top: 84, bottom: 56 },
    xAxis: { ...axis, name: xTitle, nameGap: 32, logBase: xBase },
    yAxis: { ...axis, name: yTitle, nameGap: 48 },
    series: lines.map(({ name, points }) => ({
      type: 'line' as const,
      name,
      symbolSize: 8,
      data: points.map(point => [...point]),
    })),
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return `${svg}\n`
}

/** What stands in the report where a chart of that name belongs. */
export function chartReference(name: string, title: string): string[] {
  return [`![${title}](pictures/benchmark-${name}.svg)`, '']
}
