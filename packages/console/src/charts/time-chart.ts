import uPlot from 'uplot'
import { onThemeChange, readTheme, type Theme } from './theme.ts'

export interface TimeChartEvents {
  /** The look that is pointed at, by its place in the data; undefined: none. */
  onCursor(index: number | undefined): void
}

/** What a kind of chart says of itself, in a theme. */
export type Describe = (theme: Theme) => Pick<uPlot.Options, 'axes' | 'scales' | 'series' | 'hooks'>

/** All charts of a page point at the same moment. */
const SYNC_KEY = 'moment'
/** At the cursor the chart that is moved by keys goes so many looks at once with page up and down. */
const PAGE_STEP = 10

/**
 * A chart over time: as wide as its element, redrawn when the theme changes, with a cursor that follows the mouse and
 * the arrow keys. What it draws is said by {@link Describe}.
 */
export class TimeChart {
  readonly #root: HTMLElement
  readonly #events: TimeChartEvents
  readonly #observer: ResizeObserver
  readonly #endTheme: () => void
  #describe: Describe
  #identity = ''
  #chart: uPlot | undefined
  #data: uPlot.AlignedData = [[]]
  #range: [from: number, to: number] = [0, 1]

  constructor(root: HTMLElement, describe: Describe, events: TimeChartEvents) {
    this.#root = root
    this.#describe = describe
    this.#events = events
    this.#observer = new ResizeObserver(() => this.#resize())
    this.#observer.observe(root)
    this.#endTheme = onThemeChange(() => this.#rebuild())
  }

  /** @param identity another one when the lines are others: then the chart is made anew. */
  draw(data: uPlot.AlignedData, range: [number, number], identity: string, describe: Describe): void {
    this.#data = data
    this.#range = range
    this.#describe = describe
    if (this.#chart === undefined || identity !== this.#identity) {
      this.#identity = identity
      return this.#rebuild()
    }
    const chart = this.#chart
    chart.batch(() => {
      chart.setData(data, false)
      chart.setScale('x', { min: range[0], max: range[1] })
    })
  }

  /** Moves the cursor as the key says. False: the key means nothing here. */
  press(key: string): boolean {
    const chart = this.#chart
    const last = (this.#data[0]?.length ?? 0) - 1
    if (chart === undefined || last < 0) return false
    const at = chart.cursor.idx ?? last
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - PAGE_STEP, PageDown: at + PAGE_STEP }[
      key
    ]
    const index = key === 'Home' ? 0 : key === 'End' ? last : next
    if (key === 'Escape') chart.setCursor({ left: -10, top: -10 })
    else if (index === undefined) return false
    else {
      const seconds = this.#data[0][Math.min(last, Math.max(0, index))]
      chart.setCursor({ left: chart.valToPos(seconds, 'x'), top: 10 })
    }
    return true
  }

  destroy(): void {
    this.#observer.disconnect()
    this.#endTheme()
    this.#chart?.destroy()
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#root
    if (width > 0 && height > 0) this.#chart?.setSize({ width, height })
  }

  #rebuild(): void {
    this.#chart?.destroy()
    const { clientWidth: width, clientHeight: height } = this.#root
    const described = this.#describe(readTheme(this.#root))
    const [min, max] = this.#range
    this.#chart = new uPlot(
      {
        width: Math.max(1, width),
        height: Math.max(1, height),
        padding: [8, 6, 0, 0],
        legend: { show: false },
        cursor: {
          y: false,
          drag: { x: false, y: false, setScale: false },
          points: { size: 6 },
          sync: { key: SYNC_KEY, setSeries: false },
        },
        ...described,
        scales: { x: { time: true, auto: false, min, max }, ...described.scales },
        hooks: {
          ...described.hooks,
          setCursor: [chart => this.#events.onCursor(chart.cursor.idx ?? undefined)],
        },
      },
      this.#data,
      this.#root,
    )
  }
}
