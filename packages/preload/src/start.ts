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
import { pushAtEnd } from './push/at-end.ts'
import { createPushReaders } from './push/readers.ts'
import { describeResource } from './resource.ts'
import { say } from './say.ts'

/**
 * Starts everything, synchronously, so that the app's first line finds it running: configuration, directory,
 * provider, instrumentation, exposer. What fails is one line, and the rest goes on without it.
 */
export function start(env: NodeJS.ProcessEnv = process.env): void {
  const lines: string[] = []
  const configuration = readConfiguration(env, line => lines.push(line))
  if (!configuration.metricsEnabled) return

  const { exporters, warns } = configuration
  const warn = warns ? say : () => {}
  const set = readSetVariables(env)
  const dead = describeDeadVariables(env, usesOf(configuration, env))
  if (dead !== undefined) lines.push(dead)
  passToChildren(env, configuration)
  const { directory, inherited } = chooseDirectory({ env, serviceName: configuration.serviceName })
  // Its children have the same environment, so what the first process has said they need not repeat.
  const isFirst = isMainThread && !inherited
  if (isFirst) for (const line of [...unsupportedNode(process.versions.node), ...lines]) warn(line)

  const resource = describeResource(configuration)
  const readers = createPushReaders(env, exporters, isFirst ? warn : () => {})
  const meterProvider = new SharedMeterProvider({ directory, resource, readers, warn })
  if (readers.length > 0) pushAtEnd(meterProvider)
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
  })
  if (isFirst && warns) watchForBundle(hook.packageNames(), warn)
  watchApiCopies(hook, warn)
  starting = false

  const { host, port, webConfigFile, bearerTokenFile, page } = configuration
  const started = { serviceName: configuration.serviceName, names, directory: meterProvider.directory, set }
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
      warn,
      onListening: url => {
        if (isFirst) announce(url, started, configuration)
      },
    })
  }
}
