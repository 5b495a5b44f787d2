import type { Attributes, Meter } from '@opentelemetry/api'
import { bindHistogram, type RecordHandle } from '../handle.ts'
import { boundariesS } from './boundaries.ts'
import { readKnownMethods } from './methods.ts'

/** Where a request went: the host by the name the app gave it, or a Unix socket's path, which has no port. */
export interface Origin {
  scheme: string
  address: string
  port: number | undefined
}

/** How a request ended; `status` is 0 and `version` empty when there was no response. */
export interface ClientOutcome {
  method: string
  status: number
  version: string
  errorType: string | undefined
}

export type RecordClientRequest = (origin: Origin, outcome: ClientOutcome, durationS: number) => void

/** A client may talk to any number of hosts. Those beyond are left to the meter's own cardinality limit. */
const handlesLimit = 2000

/** `http.client.request.duration`, which `node:http` and undici share. */
export function createClientSeries(meter: Meter, env: NodeJS.ProcessEnv): RecordClientRequest {
  const duration = meter.createHistogram('http.client.request.duration', {
    description: 'Duration of HTTP client requests.',
    unit: 's',
    advice: { explicitBucketBoundaries: boundariesS },
  })
  const knownMethods = readKnownMethods(env)
  const handles = new Map<string, RecordHandle>()

  return function record(origin, outcome, durationS) {
    const method = knownMethods.has(outcome.method) ? outcome.method : '_OTHER'
    const { scheme, address, port } = origin
    const { status, version, errorType } = outcome
    const key = `${method} ${scheme} ${address} ${port} ${status} ${version} ${errorType}`
    const found = handles.get(key)
    if (found !== undefined) return found.record(durationS)
    const attributes = clientAttributes(method, origin, outcome)
    if (handles.size >= handlesLimit) return duration.record(durationS, attributes)
    const handle = bindHistogram(duration, attributes)
    handles.set(key, handle)
    handle.record(durationS)
  }
}

function clientAttributes(method: string, origin: Origin, outcome: ClientOutcome): Attributes {
  const { status, version, errorType } = outcome
  const attributes: Attributes = {
    'http.request.method': method,
    'server.address': origin.address,
    'url.scheme': origin.scheme,
  }
  if (origin.port !== undefined) attributes['server.port'] = origin.port
  if (status > 0) attributes['http.response.status_code'] = status
  if (version !== '') attributes['network.protocol.version'] = version
  if (errorType !== undefined) attributes['error.type'] = errorType
  else if (status >= 400) attributes['error.type'] = String(status)
  return attributes
}
