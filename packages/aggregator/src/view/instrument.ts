import type { Merging } from '../segment/merge-policy.ts'
import { comparedName, type StreamDefinition } from '../segment/stream.ts'

/** What the caller of `createCounter` and so on said: what views select by, and what a stream takes over. */
export interface InstrumentDefinition
  extends Pick<StreamDefinition, 'scope' | 'name' | 'description' | 'unit' | 'kind' | 'integer'> {
  /** Whether it can measure something below zero. */
  readonly negative: boolean
  /** The advised bucket boundaries, when they are valid. */
  readonly boundaries: readonly number[] | undefined
  /** How its values are merged, where it says so itself. */
  readonly merging?: Merging | undefined
}

/**
 * Two instruments of a meter with the same identity are one. Names are compared without case; the description
 * and the advice don't identify (OpenTelemetry metrics SDK, duplicate instrument registration).
 */
export function instrumentIdentity(definition: InstrumentDefinition): string {
  const { kind, unit, integer } = definition
  return JSON.stringify([comparedName(definition), kind, unit, integer])
}
