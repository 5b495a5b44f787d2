/** A Prometheus page, as data. */
export interface Page {
  readonly families: readonly Family[]
  /** Lines that are none of the format's, with their numbers. */
  readonly problems: readonly Problem[]
}

export interface Problem {
  readonly line: number
  readonly why: string
}

export interface Family {
  readonly name: string
  /** `counter`, `gauge`, `histogram`, `summary`, `untyped` and OpenMetrics' others. */
  type: string
  help: string
  unit: string
  readonly samples: Sample[]
}

export interface Sample {
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly value: number
}
