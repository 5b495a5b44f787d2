import type { MeterProvider } from '@opentelemetry/api'
import { loadApi, readApiVersion } from './installed-api.ts'

/** Where every copy of the API looks for what is registered (`internal/global-utils` in the API's source). */
const KEY: symbol = Symbol.for('opentelemetry.js.api.1')
const globals = globalThis as Record<symbol, { metrics?: MeterProvider } | undefined>

/**
 * Makes the provider OpenTelemetry's global one, as `metrics.setGlobalMeterProvider` does; false when there is one. The
 * API itself has more than a hundred files and is not loaded for it. What is registered says the version of the
 * installed copy, unless a copy of the app's was there before, of whatever version: the copies that read it compare it
 * with their own.
 */
export function setGlobalMeterProvider(meterProvider: MeterProvider): boolean {
  const registered = globals[KEY]
  if (registered !== undefined) {
    if (registered.metrics !== undefined) return false
    registered.metrics = meterProvider
    return true
  }
  const version = readApiVersion()
  if (version === undefined || !/^1\.\d+\.\d+$/.test(version))
    return loadApi().metrics.setGlobalMeterProvider(meterProvider)
  const api = { metrics: meterProvider }
  globals[KEY] = Object.defineProperty(api, 'version', { value: version, enumerable: true })
  return true
}
