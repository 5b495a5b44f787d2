/** A panel as we say it; build-panel.ts says it to Grafana. */
export interface Panel {
  readonly title: string
  readonly description: string
  readonly kind: 'lines' | 'stat' | 'heatmap' | 'table' | 'bars'
  /** A unit of Grafana: `s`, `percentunit`, `reqps`, `bytes`, `short`. */
  readonly unit: string
  readonly queries: readonly Query[]
  /** A number that stands beside lines, as high as they are. */
  readonly isTall?: boolean
  /** Of 24 columns. */
  readonly width?: number
  /** Values from which it is yellow and red. */
  readonly alarming?: readonly [warning: number, critical: number]
  /** Values below which it is yellow and red, where more is better. */
  readonly alarmingBelow?: readonly [warning: number, critical: number]
  /** Stacked, where the parts make a whole. */
  readonly stacked?: boolean
}

export interface Query {
  readonly expr: string
  /** What a line is called: `{{http_route}}`. */
  readonly legend: string
}

export interface Row {
  readonly title: string
  readonly panels: readonly Panel[]
}

export interface Dashboard {
  /** Its file, and the end of its uid. */
  readonly slug: string
  readonly title: string
  readonly description: string
  readonly rows: readonly Row[]
}

export function query(expr: string, legend: string): Query {
  return { expr, legend }
}
