// Preloaded into every app of these tests: records into OpenTelemetry's own SDK, tells it over IPC.
const { MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics')
const { startInstrumentation } = require('@tutti/instrumentation')

class OnRequestReader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

const reader = new OnRequestReader()
const warnings = []
const { names } = startInstrumentation({
  meterProvider: new MeterProvider({ readers: [reader] }),
  warn: line => warnings.push(line),
})

process.on('message', async message => {
  if (message !== 'collect') return
  const { resourceMetrics, errors } = await reader.collect()
  const metrics = resourceMetrics.scopeMetrics.flatMap(({ scope, metrics }) =>
    metrics.map(({ descriptor, dataPoints }) => ({
      scope: scope.name,
      name: descriptor.name,
      unit: descriptor.unit,
      points: dataPoints.map(({ attributes, value }) => ({
        attributes,
        value: value.count ?? value,
        sum: value.sum,
      })),
    })),
  )
  const modules = Object.keys(require.cache)
  process.send({ metrics, names, warnings: [...warnings, ...errors.map(String)], modules })
})
