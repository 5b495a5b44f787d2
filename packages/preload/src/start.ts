import { isMainThread } from 'node:worker_threads'
import { metrics } from '@opentelemetry/api'
import { chooseDirectory, contendForExposer, SharedMeterProvider } from '@tutti/aggregator'
import { startInstrumentation } from '@tutti/instrumentation'
import { passToChildren, readConfiguration } from './configuration/configuration.ts'
import { unsupportedNode } from './guard/node-version.ts'
import { pushAtEnd } from './push/at-end.ts'
import { createPushReaders } from './push/readers.ts'
import { describeResource } from './resource.ts'
import { say } from './say.ts'
import { describePage, describeRecording } from './start-line.ts'

/**
 * Starts everything, synchronously, so that the app's first line finds it running: configuration, directory,
 * provider, instrumentation, exposer. What fails is one line, and the rest goes on without it.
 */
export function start(env: NodeJS.ProcessEnv = process.env): void {
  const lines: string[] = []
  const configuration = readConfiguration(env, line => lines.push(line))
  if (!configuration.metricsEnabled) return

  passToChildren(env, configuration)
  const { directory, inherited } = chooseDirectory({ env, serviceName: configuration.serviceName })
  // Its children have the same environment, so what the first process has said they need not repeat.
  const isFirst = isMainThread && !inherited
  if (isFirst) for (const line of [...unsupportedNode(process.versions.node), ...lines]) say(line)

  const resource = describeResource(configuration)
  const readers = createPushReaders(env, configuration.exporters, isFirst ? say : () => {})
  const meterProvider = new SharedMeterProvider({ directory, resource, readers, warn: say })
  if (readers.length > 0) pushAtEnd(meterProvider)
  if (!metrics.setGlobalMeterProvider(meterProvider)) {
    say('another MeterProvider was set before, so what the app itself records is not on the page')
  }
  let starting = true
  const { names } = startInstrumentation({
    meterProvider,
    env,
    warn: line => {
      if (isFirst || !starting) say(line)
    },
  })
  starting = false

  const { exporters, host, port, webConfigFile, bearerTokenFile, page } = configuration
  const started = { serviceName: configuration.serviceName, names, directory: meterProvider.directory }
  if (!exporters.prometheus) {
    if (isFirst) say(describeRecording(started))
  } else if (isMainThread) {
    contendForExposer({
      directory: meterProvider.directory,
      host,
      port,
      ...(webConfigFile !== undefined && { webConfigFile }),
      ...(bearerTokenFile !== undefined && { bearerTokenFile }),
      ...page,
      warn: say,
      onListening: url => {
        if (isFirst) say(describePage(url, started, configuration))
      },
    })
  }
}
