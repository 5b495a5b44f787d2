export interface Started {
  serviceName: string
  names: string[]
  directory: string
}

/**
 * The one line at start. It is said when the page can be had, so that what it says is true. Who did not choose an
 * address learns how to open the page to a Prometheus on another machine.
 */
export function describePage(
  url: string,
  started: Started,
  { hostIsChosen }: { hostIsChosen: boolean },
): string {
  const reachable = url.replace(/\/\/(?:127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?=[:/])/, '//localhost')
  const opening = hostIsChosen ? '' : '; OTEL_EXPORTER_PROMETHEUS_HOST=0.0.0.0 opens it to other machines'
  return `${started.serviceName} metrics on ${reachable} (${details(started)}${opening})`
}

export function describeRecording(started: Started): string {
  return `${started.serviceName} metrics are recorded, without a page (OTEL_METRICS_EXPORTER; ${details(started)})`
}

function details({ names, directory }: Started): string {
  return `${names.length} instrumentation${names.length === 1 ? '' : 's'}, directory ${directory}`
}
