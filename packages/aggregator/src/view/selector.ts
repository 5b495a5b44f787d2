import type { ViewOptions } from '@opentelemetry/sdk-metrics'
import type { InstrumentDefinition } from './instrument.ts'

/**
 * Whether a view applies to an instrument: all criteria given must hold (OpenTelemetry metrics SDK, instrument
 * selection criteria). An instrument's name may be given with wildcards: `*` is any text, `?` any character.
 */
export function selectorOf(options: ViewOptions): (instrument: InstrumentDefinition) => boolean {
  const { instrumentType, instrumentUnit, meterName, meterVersion, meterSchemaUrl } = options
  const isNamed = namePredicate(options.instrumentName)
  return ({ name, kind, unit, scope }) =>
    isNamed(name) &&
    agrees(instrumentType, kind) &&
    agrees(instrumentUnit, unit) &&
    agrees(meterName, scope.name) &&
    agrees(meterVersion, scope.version) &&
    agrees(meterSchemaUrl, scope.schemaUrl)
}

/** Whether no criterion is given. */
export function selectsNothing(options: ViewOptions): boolean {
  const { instrumentName, instrumentType, instrumentUnit, meterName, meterVersion, meterSchemaUrl } = options
  const criteria = [instrumentName, instrumentType, instrumentUnit, meterName, meterVersion, meterSchemaUrl]
  return criteria.every(each => each === undefined || each === null)
}

/** Whether the name given may be that of several instruments of one meter. */
export function hasWildcard(instrumentName: string): boolean {
  return /[*?]/.test(instrumentName)
}

function agrees(wanted: string | undefined | null, found: string): boolean {
  return wanted === undefined || wanted === null || wanted === found
}

function namePredicate(wanted: string | undefined | null): (name: string) => boolean {
  if (wanted === undefined || wanted === null || wanted === '*') return () => true
  if (!hasWildcard(wanted)) return name => name === wanted
  const pattern = wanted
    .replaceAll(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.')
  const regexp = new RegExp(`^${pattern}$`, 's')
  return name => regexp.test(name)
}
