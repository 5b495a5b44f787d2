import type { Attributes, Histogram, Meter, UpDownCounter } from '@opentelemetry/api'
import { type AddHandle, bindCounter, bindHistogram, type RecordHandle } from '../handle.ts'
import { readKnownMethods } from './methods.ts'

/** The series of all requests of one method and scheme. */
export interface RequestSeries {
  active: AddHandle
  /** `status` is 0 when no response was sent. */
  duration(route: string | undefined, status: number, finished: boolean): RecordHandle
}

/** Handles kept beyond this many are not worth their memory: then a route's name is not a pattern. */
const handlesLimit = 5000

const boundariesS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/**
 * Finds the series of a request by numbers and the route's own string, so that nothing is built from text
 * or allocated for a request whose like was seen before.
 */
export function createRequestSeries(
  meter: Meter,
  env: NodeJS.ProcessEnv,
): (method: string, secure: boolean) => RequestSeries {
  const duration = meter.createHistogram('http.server.request.duration', {
    description: 'Duration of HTTP server requests.',
    unit: 's',
    advice: { explicitBucketBoundaries: boundariesS },
  })
  const active = meter.createUpDownCounter('http.server.active_requests', {
    description: 'Number of active HTTP server requests.',
    unit: '{request}',
  })
  const knownMethods = readKnownMethods(env)
  const plain = new Map<string, RequestSeries>()
  const secured = new Map<string, RequestSeries>()

  return function seriesOf(method, secure) {
    const known = knownMethods.has(method) ? method : '_OTHER'
    const byMethod = secure ? secured : plain
    let series = byMethod.get(known)
    if (series === undefined) {
      series = createSeries(duration, active, {
        'http.request.method': known,
        'url.scheme': secure ? 'https' : 'http',
      })
      byMethod.set(known, series)
    }
    return series
  }
}

function createSeries(duration: Histogram, active: UpDownCounter, shared: Attributes): RequestSeries {
  const handles = new Map<string | undefined, Map<number, RecordHandle>>()
  let handlesCount = 0
  return {
    active: bindCounter(active, shared),
    duration(route, status, finished): RecordHandle {
      const outcome = finished ? status : -1 - status
      let byOutcome = handles.get(route)
      const found = byOutcome?.get(outcome)
      if (found !== undefined) return found
      const attributes = outcomeAttributes(shared, route, status, finished)
      if (handlesCount >= handlesLimit) return { record: value => duration.record(value, attributes) }
      handlesCount++
      const handle = bindHistogram(duration, attributes)
      if (byOutcome === undefined) {
        byOutcome = new Map()
        handles.set(route, byOutcome)
      }
      byOutcome.set(outcome, handle)
      return handle
    },
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
