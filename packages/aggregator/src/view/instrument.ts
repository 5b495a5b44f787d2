import type { InstrumentKind, Scope } from '../segment/stream.ts'

/** What the caller of `createCounter` and so on said: what views select by, and what a stream takes over. */
export interface InstrumentDefinition {
  readonly scope: Scope
  readonly name: string
  readonly description: string
  readonly unit: string
  readonly kind: InstrumentKind
  /** True for `ValueType.INT`. */
  readonly integer: boolean
  /** The advised bucket boundaries, when they are valid. */
  readonly boundaries: readonly number[] | undefined
}

/**
 * Two instruments of a meter with the same identity are one. Names are compared without case; the description
 * and the advice don't identify (OpenTelemetry metrics SDK, duplicate instrument registration).
 */
export function instrumentIdentity({ name, kind, unit, integer }: InstrumentDefinition): string {
  return JSON.stringify([name.toLowerCase(), kind, unit, integer])
}
