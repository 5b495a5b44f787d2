// The exposer as a process of its own, beside an app that shares TUTTI_DIR with it (OTEL_METRICS_EXPORTER=none there).
import { startExposer } from '@tutti/aggregator'

const { env } = process
const exposer = await startExposer({
  directory: env.TUTTI_DIR,
  host: env.OTEL_EXPORTER_PROMETHEUS_HOST || '0.0.0.0',
  port: Number(env.OTEL_EXPORTER_PROMETHEUS_PORT || 9464),
  webConfigFile: env.TUTTI_WEB_CONFIG_FILE,
  bearerTokenFile: env.TUTTI_BEARER_TOKEN_FILE,
  warn: line => console.error(line),
  onEnd: () => process.exit(1),
})
console.log(`Metrics of ${env.TUTTI_DIR} on ${exposer.url}`)
// The exposer's thread keeps no process alive.
const awake = setInterval(() => undefined, 2 ** 30)
for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, async () => {
    clearInterval(awake)
    await exposer.close()
  })
