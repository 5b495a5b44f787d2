import { createRequire } from 'node:module'
import { type Context, context, createNoopMeter, logs, type Span, trace } from '@opentelemetry/api'
import type { Warn } from '../configuration/variables.ts'
import { exportsDone, releaseExportRequests } from '../push/export-requests.ts'
import { withUnrefTimers } from '../push/unref-timers.ts'
import type { Signals } from './asked.ts'
import { hookImports } from './esm-hook.ts'
import { sayTrouble } from './say-trouble.ts'

const require = createRequire(import.meta.url)

/** Records metrics nowhere: what upstream's instrumentations would record is recorded by ours. */
const noMetrics = { getMeter: createNoopMeter }

/**
 * Starts upstream's SDK and its instrumentations for traces and logs, which are loaded only here. Metrics stay ours:
 * the SDK gets no metric reader, its instrumentations a meter that records nothing.
 *
 * @returns sends what waits to be sent.
 */
export function startSignals(
  signals: Signals,
  resource: { attributes: Record<string, string> },
  env: NodeJS.ProcessEnv,
  warn: Warn,
): () => Promise<unknown> {
  sayTrouble(env, warn)
  releaseExportRequests()
  const { NodeSDK } = withUnrefTimers(() =>
    require('@opentelemetry/sdk-node'),
  ) as typeof import('@opentelemetry/sdk-node')
  const { resourceFromAttributes } =
    require('@opentelemetry/resources') as typeof import('@opentelemetry/resources')
  const instrumentations = createInstrumentations()
  hookImports(instrumentedModules(instrumentations as readonly Patching[]), require, warn)
  withVariables(
    { OTEL_TRACES_EXPORTER: listed(signals.traces), OTEL_LOGS_EXPORTER: listed(signals.logs) },
    () => {
      const sdk = new NodeSDK({
        resource: resourceFromAttributes(resource.attributes),
        // The page and the traces have the same resource, so nothing more is found out about the machine.
        autoDetectResources: false,
        metricReaders: [],
        instrumentations,
      })
      sdk.start()
    },
  )
  for (const instrumentation of instrumentations) instrumentation.setMeterProvider(noMetrics)
  // `node --eval` asks for this module first, by a way on which the hooks of imported modules fail (Node 26). What was
  // asked for before is given out by the hook of required ones.
  require('node:module')
  return async () => {
    await Promise.allSettled([forceFlush(trace.getTracerProvider()), forceFlush(logs.getLoggerProvider())])
    await exportsDone()
  }
}

type Instrumentations = ReturnType<
  typeof import('@opentelemetry/auto-instrumentations-node').getNodeAutoInstrumentations
>

function createInstrumentations(): Instrumentations {
  const auto =
    require('@opentelemetry/auto-instrumentations-node') as typeof import('@opentelemetry/auto-instrumentations-node')
  return auto.getNodeAutoInstrumentations({
    // These two have no traces.
    '@opentelemetry/instrumentation-runtime-node': { enabled: false },
    '@opentelemetry/instrumentation-host-metrics': { enabled: false },
    '@opentelemetry/instrumentation-http': { requestHook: keepContext },
  })
}

/**
 * Under this key a request has a function that runs another one in the request's context. It is read by
 * packages/instrumentation/src/http/within.ts, which says why the symbol is one of the registry.
 */
const withinKey: unique symbol = Symbol.for('tutti.http.within') as never

/** Our metrics are recorded when the response closes, outside of the span: exemplars get the context from here. */
function keepContext(_span: Span, request: object): void {
  const active: Context = context.active()
  Object.assign(request, { [withinKey]: (run: () => void) => context.with(active, run) })
}

/** What every instrumentation that patches modules has, and their common interface lacks. */
interface Patching {
  getModuleDefinitions?(): { name: string }[]
}

function* instrumentedModules(instrumentations: readonly Patching[]): Iterable<string> {
  for (const instrumentation of instrumentations) {
    for (const { name } of instrumentation.getModuleDefinitions?.() ?? []) yield name
  }
}

/** The SDK reads these itself, and takes an empty one for `otlp`. Children read what the app was given. */
function withVariables(variables: Record<string, string>, run: () => void): void {
  const before = Object.keys(variables).map(name => [name, process.env[name]] as const)
  Object.assign(process.env, variables)
  try {
    run()
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

function listed(names: readonly string[]): string {
  return names.join(',') || 'none'
}

/** Of the SDK's provider that stands behind the API's. */
async function forceFlush(provider: object): Promise<void> {
  const delegate = (provider as { getDelegate?: () => object }).getDelegate?.() ?? provider
  await (delegate as { forceFlush?: () => Promise<unknown> }).forceFlush?.()
}
