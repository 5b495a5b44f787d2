import { type MetricOptions, ValueType } from '@opentelemetry/api'
import { type Aggregation, MAX_BOUNDARIES } from '../segment/aggregation.ts'
import { defaultMerge, type InstrumentKind, type Scope, type StreamDefinition } from '../segment/stream.ts'
import { DEFAULT_BOUNDARIES } from '../series/buckets.ts'

/** OpenTelemetry metrics API, instrument name syntax. */
const NAME = /^[a-z][a-z0-9_.\-/]{0,254}$/i
/** Texts are cut, so that a definition always fits into an entry. */
const MAX_NAME_LENGTH = 255
const MAX_UNIT_LENGTH = 63
const MAX_DESCRIPTION_LENGTH = 1_024

/** Makes a definition of what the caller of `createCounter` and so on said. Like the SDK it warns and goes on. */
export function defineStream(
  scope: Scope,
  kind: InstrumentKind,
  name: string,
  options: MetricOptions | undefined,
  warn: (line: string) => void,
): StreamDefinition {
  if (!NAME.test(name)) {
    warn(
      `instrument name "${name}" is invalid: it must begin with a letter and hold only letters, digits, _ . - /`,
    )
  }
  return {
    scope,
    name: String(name).slice(0, MAX_NAME_LENGTH),
    description: String(options?.description ?? '').slice(0, MAX_DESCRIPTION_LENGTH),
    unit: String(options?.unit ?? '').slice(0, MAX_UNIT_LENGTH),
    kind,
    integer: options?.valueType === ValueType.INT,
    aggregation: defaultAggregation(kind, boundariesOf(name, options, warn)),
    ...defaultMerge(kind),
  }
}

/** OpenTelemetry metrics SDK, default aggregation. */
export function defaultAggregation(
  kind: InstrumentKind,
  boundaries: readonly number[] = DEFAULT_BOUNDARIES,
): Aggregation {
  switch (kind) {
    case 'HISTOGRAM':
      return { type: 'explicitBuckets', boundaries, recordMinMax: true }
    case 'GAUGE':
    case 'OBSERVABLE_GAUGE':
      return { type: 'lastValue' }
    default:
      return { type: 'sum' }
  }
}

function boundariesOf(
  name: string,
  options: MetricOptions | undefined,
  warn: (line: string) => void,
): readonly number[] {
  const advised = options?.advice?.explicitBucketBoundaries
  if (advised === undefined) return DEFAULT_BOUNDARIES
  // The bucket above the highest boundary is always there: an infinite one says nothing more.
  const finite = [...advised].filter(
    bound => bound !== Number.POSITIVE_INFINITY && bound !== Number.NEGATIVE_INFINITY,
  )
  const ascending = finite.every(
    (bound, index) => !Number.isNaN(bound) && (index === 0 || bound > finite[index - 1]),
  )
  if (ascending && finite.length <= MAX_BOUNDARIES) return finite
  warn(
    `histogram ${name}: explicitBucketBoundaries must be ascending numbers; the default ones are used instead.`,
  )
  return DEFAULT_BOUNDARIES
}
