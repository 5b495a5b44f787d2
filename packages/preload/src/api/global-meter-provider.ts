import type { MeterProvider } from '@opentelemetry/api'
import { loadApi, readApiVersion } from './installed-api.ts'
import { getRegistered, setRegistered } from './registry.ts'

/**
 * Makes the provider OpenTelemetry's global one, as `metrics.setGlobalMeterProvider` does; false when there is one. The
 * API itself has more than a hundred files and is not loaded for it. What is registered says the version of the
 * installed copy, unless a copy of the app's was there before, of whatever version: the copies that read it compare it
 * with their own.
 */
export function setGlobalMeterProvider(meterProvider: MeterProvider): boolean {
  const registered = getRegistered()
  if (registered !== undefined) {
    if (registered.metrics !== undefined) return false
    registered.metrics = meterProvider
    return true
  }
  const version = readApiVersion()
  if (version === undefined || !/^1\.\d+\.\d+$/.test(version))
    return loadApi().metrics.setGlobalMeterProvider(meterProvider)
  const api = { metrics: meterProvider }
  setRegistered(Object.defineProperty(api, 'version', { value: version, enumerable: true }))
  return true
}
