export type Severity = 'critical' | 'warning' | 'info'

export interface AlertRule {
  readonly name: string
  readonly severity: Severity
  readonly expr: string
  /** How long it has to hold, in seconds, before anybody hears of it. */
  readonly forSeconds: number
  readonly summary: string
  readonly description: string
  /** Labels beside severity, team and job. */
  readonly labels?: Readonly<Record<string, string>>
}

/** An alert, and the two stories that its tests tell. */
export interface Alert extends AlertRule {
  /** Samples, one a minute, with which it fires. */
  readonly firing: Firing
  /** Samples with which it does not, though they are not far from it. */
  readonly quiet: Story
}

/** Series as promtool writes them: `0+6x30` begins at 0 and grows by 6 a minute, for 30 minutes. */
export interface Story {
  readonly series: Readonly<Record<string, string>>
  /** Minutes after the start at which one looks. */
  readonly atMinutes: number
  /** What of its name fires then, where rules share a name. */
  readonly expected?: readonly Expected[]
}

export interface Expected {
  readonly rule: AlertRule
  /** What the expression says at that time: each label of the alert that its rule does not set. */
  readonly labels: Readonly<Record<string, string>>
  /** What `$value` is written as. */
  readonly value?: string
}

export interface Firing extends Story, Omit<Expected, 'rule'> {}

export interface AlertGroup {
  readonly name: string
  readonly alerts: readonly Alert[]
}

/** Samples that stay as they are. */
export function steady(value: number, minutes = 60): string {
  return `${value}+0x${minutes}`
}

/** Samples that grow by so much a minute. */
export function growing(perMinute: number, minutes = 60): string {
  return `0+${perMinute}x${minutes}`
}
