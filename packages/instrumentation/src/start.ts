import type { MeterProvider } from '@opentelemetry/api'
import manifest from '../package.json' with { type: 'json' }
import { instrumentations } from './instrumentations.ts'
import { createModuleHook, type ModuleHook } from './module-hook/hook.ts'
import { selectNames } from './selection.ts'
import { startOne } from './start-one.ts'

export interface InstrumentationOptions {
  meterProvider: MeterProvider
  /** Where `OTEL_NODE_ENABLED_INSTRUMENTATIONS` and its like are read from; `process.env` by default. */
  env?: NodeJS.ProcessEnv
  /** Called with one line about anything that does not work; nothing is thrown into the app. */
  warn?: (line: string) => void
  /** Where traces are on: whether an instrumentation of this name has some, so that naming it is no mistake. */
  hasTraces?: (name: string) => boolean
}

export interface RunningInstrumentation {
  /** What was started, by OpenTelemetry's own names. */
  names: string[]
  /** Sees every CommonJS file of every library. */
  hook: Pick<ModuleHook, 'onLoad' | 'packageNames'>
  stop(): void
}

/**
 * Starts every instrumentation that `OTEL_NODE_ENABLED_INSTRUMENTATIONS` and
 * `OTEL_NODE_DISABLED_INSTRUMENTATIONS` leave on. Libraries may be loaded before or after this call; the code for one
 * is loaded when it is.
 */
export function startInstrumentation({
  meterProvider,
  env = process.env,
  warn = () => {},
  hasTraces,
}: InstrumentationOptions): RunningInstrumentation {
  const meter = meterProvider.getMeter(manifest.name, manifest.version)
  const hook = createModuleHook(warn)
  const names: string[] = []
  const stops: (() => void)[] = []
  for (const name of selectNames(Object.keys(instrumentations), env, warn, hasTraces)) {
    try {
      stops.push(startOne(name, instrumentations[name]!, { meter, env, hook, warn }))
      names.push(name)
    } catch (error) {
      warn(`instrumentation ${name} did not start and is off: ${String(error)}`)
    }
  }
  return {
    names,
    hook,
    stop(): void {
      hook.stop()
      for (const stop of stops) stop()
    },
  }
}
