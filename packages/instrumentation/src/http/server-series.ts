import type { Attributes, Histogram, Meter } from '@opentelemetry/api'
import { type AddHandle, bindCounter, bindHistogram, type RecordHandle } from '../handle.ts'
import { boundariesBytes, boundariesS } from './boundaries.ts'
import { readKnownMethods } from './methods.ts'

/** The series of all requests of one method, scheme and version of HTTP. */
export interface ServerSeries {
  active: AddHandle
  /** `status` is 0 when no response was sent. */
  outcome(route: string | undefined, status: number, finished: boolean): ServerOutcome
}

/** The series of all requests that ended in the same way. */
export interface ServerOutcome {
  /** In seconds. */
  duration: RecordHandle
  /** In bytes. */
  requestBody: RecordHandle
  responseBody: RecordHandle
}

export type FindServerSeries = (method: string, secure: boolean, version: string) => ServerSeries

interface Histograms {
  duration: Histogram
  requestBody: Histogram
  responseBody: Histogram
}

/** Handles kept beyond this many are not worth their memory: then a route's name is not a pattern. */
const handlesLimit = 5000

/**
 * Finds the series of a request by numbers and strings that exist already, so that nothing is built from text
 * or allocated for a request whose like was seen before.
 */
export function createServerSeries(meter: Meter, env: NodeJS.ProcessEnv): FindServerSeries {
  const histograms = createHistograms(meter)
  const active = meter.createUpDownCounter('http.server.active_requests', {
    description: 'Number of active HTTP server requests.',
    unit: '{request}',
  })
  const knownMethods = readKnownMethods(env)
  const plain = new Map<string, Map<string, ServerSeries>>()
  const secured = new Map<string, Map<string, ServerSeries>>()
  // Most requests are like the one before: comparing texts that are the same object takes less than a look-up.
  let lastMethod: string | undefined
  let lastSecure: boolean | undefined
  let lastVersion: string | undefined
  let last: ServerSeries | undefined

  function seriesOf(method: string, secure: boolean, version: string): ServerSeries {
    const isLast = method === lastMethod && secure === lastSecure && version === lastVersion
    if (isLast && last !== undefined) return last
    last = find(method, secure, version)
    lastMethod = method
    lastSecure = secure
    lastVersion = version
    return last
  }

  function find(method: string, secure: boolean, version: string): ServerSeries {
    const byVersion = secure ? secured : plain
    const found = byVersion.get(version)?.get(method)
    if (found !== undefined) return found
    if (!knownMethods.has(method) && method !== '_OTHER') return find('_OTHER', secure, version)
    const shared = { 'http.request.method': method, 'url.scheme': secure ? 'https' : 'http' }
    const series: ServerSeries = {
      active: bindCounter(active, shared),
      outcome: createOutcomes(histograms, { ...shared, 'network.protocol.version': version }),
    }
    const byMethod = byVersion.get(version) ?? new Map<string, ServerSeries>()
    byVersion.set(version, byMethod.set(method, series))
    return series
  }
  return seriesOf
}

function createHistograms(meter: Meter): Histograms {
  const bytes = { unit: 'By', advice: { explicitBucketBoundaries: boundariesBytes } }
  return {
    duration: meter.createHistogram('http.server.request.duration', {
      description: 'Duration of HTTP server requests.',
      unit: 's',
      advice: { explicitBucketBoundaries: boundariesS },
    }),
    requestBody: meter.createHistogram('http.server.request.body.size', {
      description: 'Size of HTTP server request bodies.',
      ...bytes,
    }),
    responseBody: meter.createHistogram('http.server.response.body.size', {
      description: 'Size of HTTP server response bodies.',
      ...bytes,
    }),
  }
}

function createOutcomes(histograms: Histograms, shared: Attributes): ServerSeries['outcome'] {
  const outcomes = new Map<string | undefined, Map<number, ServerOutcome>>()
  let outcomesCount = 0
  let lastRoute: string | undefined
  let lastKey: number | undefined
  let last: ServerOutcome | undefined

  return function outcome(route, status, finished) {
    // One number for both, so that a request that failed while its response was sent stays apart.
    const key = finished ? status : -1 - status
    if (last !== undefined && key === lastKey && route === lastRoute) return last
    last = find(route, status, finished, key)
    lastRoute = route
    lastKey = key
    return last
  }

  function find(route: string | undefined, status: number, finished: boolean, key: number): ServerOutcome {
    let byKey = outcomes.get(route)
    const found = byKey?.get(key)
    if (found !== undefined) return found
    const attributes = outcomeAttributes(shared, route, status, finished)
    if (outcomesCount >= handlesLimit) return unboundOutcome(histograms, attributes)
    outcomesCount++
    const made = boundOutcome(histograms, attributes)
    if (byKey === undefined) {
      byKey = new Map()
      outcomes.set(route, byKey)
    }
    byKey.set(key, made)
    return made
  }
}

/** A series is only made when it is recorded: most requests have no body. */
function boundOutcome(histograms: Histograms, attributes: Attributes): ServerOutcome {
  return {
    duration: bindHistogram(histograms.duration, attributes),
    requestBody: bindLate(histograms.requestBody, attributes),
    responseBody: bindLate(histograms.responseBody, attributes),
  }
}

function bindLate(histogram: Histogram, attributes: Attributes): RecordHandle {
  let handle: RecordHandle | undefined
  return {
    record(value): void {
      handle ??= bindHistogram(histogram, attributes)
      handle.record(value)
    },
  }
}

function unboundOutcome(histograms: Histograms, attributes: Attributes): ServerOutcome {
  return {
    duration: { record: value => histograms.duration.record(value, attributes) },
    requestBody: { record: value => histograms.requestBody.record(value, attributes) },
    responseBody: { record: value => histograms.responseBody.record(value, attributes) },
  }
}

function outcomeAttributes(
  shared: Attributes,
  route: string | undefined,
  status: number,
  finished: boolean,
): Attributes {
  const attributes: Attributes = { ...shared }
  if (status > 0) attributes['http.response.status_code'] = status
  if (route !== undefined) attributes['http.route'] = route
  if (status >= 500) attributes['error.type'] = String(status)
  // What Node itself calls a request whose client went away.
  else if (!finished) attributes['error.type'] = 'ECONNRESET'
  return attributes
}
