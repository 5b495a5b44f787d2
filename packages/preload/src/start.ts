import { createRequire } from 'node:module'
import { isMainThread } from 'node:worker_threads'
import { chooseDirectory, contendForExposer, SharedMeterProvider } from '@tutti/aggregator/record'
import { startInstrumentation } from '@tutti/instrumentation'
import { announce } from './announce.ts'
import { setGlobalMeterProvider } from './api/global-meter-provider.ts'
import { watchApiCopies } from './api/watch-copies.ts'
import { passToChildren, readConfiguration } from './configuration/configuration.ts'
import { describeDeadVariables, usesOf } from './configuration/dead-variables.ts'
import { readSetVariables } from './configuration/set-variables.ts'
import { watchForBundle } from './guard/bundled-app.ts'
import { unsupportedNode } from './guard/node-version.ts'
import { LAST_PUSH_MS, pushAtEnd } from './push/at-end.ts'
import { createPushReaders } from './push/readers.ts'
import { describeResource } from './resource.ts'
import { say } from './say.ts'
import { readSignals, type Signals } from './signals/asked.ts'
import { hasTraces } from './signals/has-traces.ts'
import { untilStarted } from './until-started.ts'

/**
 * Starts everything, synchronously, so that the app's first line finds it running: configuration, directory,
 * provider, instrumentation, exposer. What fails is one line, and the rest goes on without it.
 */
export function start(env: NodeJS.ProcessEnv = process.env): void {
  const lines: string[] = []
  const configuration = readConfiguration(env, line => lines.push(line))
  const resource = describeResource(configuration)
  const asked = readSignals(env, line => lines.push(line))
  // Before the MeterProvider, so that upstream's instrumentations find none, and before the app loads anything.
  const isAsked = asked.traces.length + asked.logs.length > 0
  if (isAsked || configuration.metricsEnabled) passToChildren(env, configuration)
  const { exporters, warns } = configuration
  const warn = warns ? say : () => {}
  const signals = isAsked ? startTracesAndLogs(asked, resource, env, warn) : asked
  if (!configuration.metricsEnabled) {
    if (isMainThread) for (const line of lines) warn(line)
    return
  }

  const set = readSetVariables(env)
  const dead = describeDeadVariables(env, usesOf(configuration, env))
  if (dead !== undefined) lines.push(dead)
  const { directory, inherited } = chooseDirectory({ env, serviceName: configuration.serviceName })
  // Its children have the same environment, so what the first process has said they need not repeat.
  const isFirst = isMainThread && !inherited
  if (isFirst) for (const line of [...unsupportedNode(process.versions.node), ...lines]) warn(line)

  const readers = createPushReaders(env, exporters, isFirst ? warn : () => {})
  const meterProvider = new SharedMeterProvider({
    directory,
    resource,
    readers,
    page: configuration.page,
    warn,
    env,
  })
  if (readers.length > 0) pushAtEnd(() => meterProvider.forceFlush({ timeoutMillis: LAST_PUSH_MS }))
  if (!setGlobalMeterProvider(meterProvider)) {
    warn('another MeterProvider was set before, so what the app itself records is not on the page')
  }
  let starting = true
  const { names, hook } = startInstrumentation({
    meterProvider,
    env,
    warn: line => {
      if (isFirst || !starting) warn(line)
    },
    ...(isAsked && { hasTraces }),
  })
  if (isFirst && warns) watchForBundle(hook.packageNames(), warn)
  watchApiCopies(hook, warn)
  starting = false

  const { host, port, webConfigFile, bearerTokenFile, page } = configuration
  const { serviceName } = configuration
  const started = { serviceName, names, signals, directory: meterProvider.directory, set }
  if (!exporters.prometheus) {
    if (isFirst) announce(undefined, started, configuration)
  } else if (isMainThread) {
    contendForExposer({
      directory: meterProvider.directory,
      host,
      port,
      ...(webConfigFile !== undefined && { webConfigFile }),
      ...(bearerTokenFile !== undefined && { bearerTokenFile }),
      ...page,
      console: configuration.console === 'on',
      ready: untilStarted(),
      warn,
      onListening: url => {
        if (isFirst) announce(url, started, configuration)
      },
    })
  }
}

/** Returns what is on. */
function startTracesAndLogs(
  signals: Signals,
  resource: { attributes: Record<string, string> },
  env: NodeJS.ProcessEnv,
  warn: (line: string) => void,
): Signals {
  try {
    // A file of its own: it loads OpenTelemetry's API, with all that stands behind it.
    const { startSignals } = createRequire(import.meta.url)(
      './start-signals.cjs',
    ) as typeof import('./signals/start-signals.ts')
    pushAtEnd(startSignals(signals, resource, env, warn))
    return signals
  } catch (error) {
    warn(`traces and logs did not start, the app runs without them: ${String(error)}`)
    return { traces: [], logs: [] }
  }
}
