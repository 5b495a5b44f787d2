/** What a part of a file uses without saying where it is from, because the text beside it does. */
export const IMPORTED: Readonly<Record<string, string>> = {
  metricsHandler: '@tutti/aggregator',
  SharedMeterProvider: '@tutti/aggregator',
  metrics: '@opentelemetry/api',
  createServer: 'node:http',
}

/** What only the reader has: an app, a provider, a connection. */
export const OWN: readonly string[] = ['app', 'meterProvider', 'catalog']

/** Scripts that a reader's package.json has. */
export const OWN_SCRIPTS: readonly string[] = ['dev']
