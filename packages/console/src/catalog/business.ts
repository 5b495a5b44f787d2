/** How the names of metrics begin that a convention, or Tutti itself, gives. */
const KNOWN = [
  'http_',
  'nodejs_',
  'v8js_',
  'process_',
  'db_',
  'cache_requests',
  'messaging_',
  'bullmq_',
  'tutti_',
  'target_info',
  'otel_',
  'dns_',
  'rpc_',
]

/** Whether a metric is the service's own: of a library's catalog, or of the app. */
export function isBusiness(family: string): boolean {
  const name = family.replaceAll('.', '_')
  return !KNOWN.some(beginning => name.startsWith(beginning))
}
