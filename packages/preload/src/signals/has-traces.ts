import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * Whether upstream has traces for what OpenTelemetry's variables call by this name: they leave out the beginning of
 * the name of its package. To be asked only where traces are on, and thus upstream is loaded.
 */
export function hasTraces(name: string): boolean {
  if (!/^[\w.-]+$/.test(name)) return false
  try {
    const ofInstrumentations = createRequire(require.resolve('@opentelemetry/auto-instrumentations-node'))
    ofInstrumentations.resolve(`@opentelemetry/instrumentation-${name}`)
    return true
  } catch {
    return false
  }
}
