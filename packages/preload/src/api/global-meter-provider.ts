import type { MeterProvider } from '@opentelemetry/api'
import { loadApi, readApiVersion } from './installed-api.ts'

/** Where every copy of the API looks for what is registered (`internal/global-utils` in the API's source). */
const KEY: symbol = Symbol.for('opentelemetry.js.api.1')
const globals = globalThis as Record<symbol, unknown>

/**
 * Makes the provider OpenTelemetry's global one, as `metrics.setGlobalMeterProvider` does. The API itself has more
 * than a hundred files and is loaded only when somebody was here before us, who has loaded it anyway. What is
 * registered says the version of the installed copy: the copies that read it compare it with their own, and one
 * that registers tracing beside it must be the same.
 */
export function setGlobalMeterProvider(meterProvider: MeterProvider): boolean {
  const version = globals[KEY] === undefined ? readApiVersion() : undefined
  if (version === undefined || !/^1\.\d+\.\d+$/.test(version))
    return loadApi().metrics.setGlobalMeterProvider(meterProvider)
  const api = { metrics: meterProvider }
  globals[KEY] = Object.defineProperty(api, 'version', { value: version, enumerable: true })
  return true
}
