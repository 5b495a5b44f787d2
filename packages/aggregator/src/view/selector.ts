import type { ViewOptions } from '@opentelemetry/sdk-metrics'
import type { InstrumentDefinition } from './instrument.ts'
import { wildcards } from './wildcards.ts'

/**
 * Whether a view applies to an instrument: all criteria given must hold (OpenTelemetry metrics SDK, instrument
 * selection criteria). An instrument's name may be given with wildcards: `*` is any text, `?` any character.
 */
export function selectorOf(options: ViewOptions): (instrument: InstrumentDefinition) => boolean {
  const { instrumentType, instrumentUnit, meterName, meterVersion, meterSchemaUrl } = options
  const named = options.instrumentName
  const isNamed = named === undefined || named === null ? () => true : wildcards(named)
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

function agrees(wanted: string | undefined | null, found: string): boolean {
  return wanted === undefined || wanted === null || wanted === found
}
