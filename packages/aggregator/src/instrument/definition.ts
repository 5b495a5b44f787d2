import type { ValueType } from '@opentelemetry/api'
import { MAX_BOUNDARIES } from '../segment/aggregation.ts'
import { hasPrometheusNames, type InstrumentKind, measuresNegatives, type Scope } from '../segment/stream.ts'
import { cut, MAX_DESCRIPTION_LENGTH, MAX_NAME_LENGTH, MAX_UNIT_LENGTH } from '../view/cut.ts'
import type { InstrumentDefinition } from '../view/instrument.ts'
import type { SharedMetricOptions } from './bound.ts'

/** `ValueType.INT`, without loading the API for one number. */
const INTEGER: ValueType.INT = 0

/** OpenTelemetry metrics API, instrument name syntax. */
const NAME = /^[a-z][a-z0-9_.\-/]{0,254}$/i

/** Makes a definition of what the caller of `createCounter` and so on said. Like the SDK it warns and goes on. */
export function defineInstrument(
  scope: Scope,
  kind: InstrumentKind,
  name: string,
  options: SharedMetricOptions | undefined,
  warn: (line: string) => void,
): InstrumentDefinition {
  // What has Prometheus' names was judged by Prometheus' rules.
  if (typeof name !== 'string' || !(NAME.test(name) || hasPrometheusNames({ scope }))) {
    warn(
      `Invalid metric name: "${String(name).slice(0, MAX_NAME_LENGTH)}" of ${scope.name} must begin with a letter ` +
        'and hold at most 255 letters, digits, _ . - /',
    )
  }
  return {
    scope,
    name: cut(name, MAX_NAME_LENGTH),
    description: cut(options?.description, MAX_DESCRIPTION_LENGTH),
    unit: cut(options?.unit, MAX_UNIT_LENGTH),
    kind,
    integer: options?.valueType === INTEGER,
    negative: measuresNegatives(kind) || options?.negative === true,
    boundaries: advisedBoundaries(name, options, warn),
    ...(options?.merging !== undefined && { merging: options.merging }),
  }
}

/** Advice that is not valid counts as not given (OpenTelemetry metrics SDK, instrument advisory parameters). */
function advisedBoundaries(
  name: string,
  options: SharedMetricOptions | undefined,
  warn: (line: string) => void,
): readonly number[] | undefined {
  const advised: unknown = options?.advice?.explicitBucketBoundaries
  if (advised === undefined || advised === null) return undefined
  if (Array.isArray(advised)) {
    // The bucket above the highest boundary is always there: an infinite one says nothing more.
    const finite: unknown[] = advised.filter(
      bound => bound !== Number.POSITIVE_INFINITY && bound !== Number.NEGATIVE_INFINITY,
    )
    if (finite.length <= MAX_BOUNDARIES && areAscending(finite)) return finite
  }
  warn(
    `histogram ${name}: explicitBucketBoundaries must be ascending numbers; the default ones are used instead.`,
  )
  return undefined
}

function areAscending(bounds: unknown[]): bounds is number[] {
  return bounds.every(
    (bound, index) => Number.isFinite(bound) && (index === 0 || Number(bound) > Number(bounds[index - 1])),
  )
}
