import type { Instrument } from '../recording/instrument.ts'
import type { InstrumentSpec } from '../recording/instrument-spec.ts'
import type { Gate } from '../shared/gate.ts'

export type Shape =
  | 'counter'
  | 'gauge'
  | 'histogram'
  | 'operation'
  | 'job'
  | 'stateSet'
  | 'health'
  | 'pool'
  | 'queue'
  | 'cache'
  | 'ratio'
  | 'objective'

/** A service-level objective as data, for burn-rate alerts. */
export interface ObjectiveDescription {
  /** Part of all events that shall be good, between 0 and 1. */
  readonly target: number
  /** A good event takes no longer, in seconds; undefined: only the outcome matters. */
  readonly latencySeconds?: number
  readonly windowDays: number
  /** Families on the Prometheus page. */
  readonly good: string
  readonly total: string
}

/** What a shape says beyond its instruments. */
export interface ShapeDetails {
  readonly objective?: ObjectiveDescription
  readonly states?: readonly string[]
  readonly outcomes?: readonly string[]
  /** A query that is right over all processes. */
  readonly query?: string
}

/** A metric as its author defined it; {@link defineCatalog} makes it live. Made by `counter(...)`, `operation(...)`, ... */
export interface Definition<M extends object> {
  readonly shape: Shape
  readonly name: string
  readonly description: string
  readonly group: string | undefined
  /** Its instruments, the main one first. */
  readonly parts: Readonly<Record<string, InstrumentSpec>>
  readonly details: ShapeDetails
  /** Whether each update passes the gate, or a whole run does, so that its parts agree. */
  readonly gated: 'updates' | 'runs'
  build(instruments: Readonly<Record<string, Instrument>>, gate: Gate): M
}
