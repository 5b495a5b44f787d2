import manifest from '../package.json' with { type: 'json' }
import type { Signals } from './signals/asked.ts'

export interface Started {
  serviceName: string
  names: string[]
  /** The exporters of what else is on. */
  signals: Signals
  directory: string
  /** What is set otherwise than by default, secrets left out. */
  set: Record<string, string>
}

/** In which form the line at start is said. */
export const START_LINES = ['text', 'json', 'off'] as const
export type StartLine = (typeof START_LINES)[number]

/**
 * The one line at start, for machines: an object, on one line. `url` is null where there is no page.
 * @example {"tutti":"0.1.0","node":"24.4.0","service":"shop","url":"http://127.0.0.1:9464/metrics",
 *   "instrumentations":["http"],"traces":["otlp"],"logs":[],"directory":"/dev/shm/tutti-1000/shop-1-2","set":{"TUTTI_MERGE":"a=max"}}
 */
export function describeAsJson(
  url: string | undefined,
  { serviceName, names, signals, directory, set }: Started,
): string {
  return JSON.stringify({
    tutti: manifest.version,
    node: process.versions.node,
    service: serviceName,
    url: url ?? null,
    instrumentations: names,
    traces: signals.traces,
    logs: signals.logs,
    directory,
    set,
  })
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

function details({ names, signals, directory, set }: Started): string {
  const { traces, logs } = signals
  const others =
    (traces.length === 0 ? '' : `, traces to ${traces.join(' and ')}`) +
    (logs.length === 0 ? '' : `, logs to ${logs.join(' and ')}`)
  const count = `${names.length} instrumentation${names.length === 1 ? '' : 's'}`
  const pairs = Object.entries(set).map(([name, value]) => (value === '(set)' ? name : `${name}=${value}`))
  const differing = pairs.length === 0 ? '' : `; set: ${pairs.join(', ')}`
  return `${manifest.version} on Node ${process.versions.node}, ${count}${others}, directory ${directory}${differing}`
}
