/** A dashboard with everything that is to be drawn: what Node asks Prometheus for, and the browser draws. */
export interface FilledDashboard {
  slug: string
  title: string
  description: string
  range: { startSeconds: number; endSeconds: number; stepSeconds: number }
  panels: FilledPanel[]
}

export interface FilledPanel {
  title: string
  kind: 'row' | 'timeseries' | 'stat' | 'heatmap' | 'table' | 'bargauge'
  /** Of 24 columns, and rows of 30 pixels. */
  place: { x: number; y: number; w: number; h: number }
  unit: string
  isStacked: boolean
  /** Dashed lines where thresholds are. */
  showsThresholds: boolean
  /** From the lowest on; the first has no value. */
  steps: { value: number | null; color: string }[]
  /** One for each series of each query. Empty: there is no data. */
  lines: FilledLine[]
}

export interface FilledLine {
  /** Its legend, or the bound of a bucket. */
  name: string
  labels: Record<string, string>
  /** One for each step of the range; of a table the last one only. `null`: nothing was there. */
  values: (number | null)[]
}
