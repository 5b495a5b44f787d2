import type { Attributes, Histogram, Meter } from '@opentelemetry/api'
import { bindHistogram, type RecordHandle } from '../handle.ts'
import { boundariesS } from './boundaries.ts'

/** So many servers, and operations of each, have a series found once; the rest are looked up at each call. */
const boundServers = 200
const boundOperations = 200

/** Finds a database server's durations by what identifies it. */
export type FindServer = (system: string, address?: string, port?: number, namespace?: string) => Server

/** `db.client.operation.duration`, the same instrument for every database. */
export function createOperationDuration(meter: Meter): FindServer {
  const histogram = meter.createHistogram('db.client.operation.duration', {
    description: 'Duration of database client operations.',
    unit: 's',
    advice: { explicitBucketBoundaries: boundariesS },
  })
  const servers = new Map<string, Server>()
  return (system, address, port, namespace) => {
    const key = `${system} ${address} ${port} ${namespace}`
    let server = servers.get(key)
    if (server === undefined) {
      server = new Server(histogram, serverAttributes(system, address, port, namespace))
      if (servers.size < boundServers) servers.set(key, server)
    }
    return server
  }
}

/** One server, or one database of it, whose operations are timed. */
export class Server {
  readonly attributes: Attributes
  readonly #histogram: Histogram
  readonly #series = new Map<string | undefined, RecordHandle>()

  constructor(histogram: Histogram, attributes: Attributes) {
    this.#histogram = histogram
    this.attributes = attributes
  }

  /** `failure` is `error.type` and, where there is one, `db.response.status_code`. */
  record(operation: string | undefined, startMs: number, failure?: Attributes): void {
    const seconds = (performance.now() - startMs) / 1000
    if (failure !== undefined) {
      this.#histogram.record(seconds, { ...this.#attributesOf(operation), ...failure })
      return
    }
    let series = this.#series.get(operation)
    if (series === undefined) {
      series = bindHistogram(this.#histogram, this.#attributesOf(operation))
      if (this.#series.size < boundOperations) this.#series.set(operation, series)
    }
    series.record(seconds)
  }

  #attributesOf(operation: string | undefined): Attributes {
    if (operation === undefined) return this.attributes
    // A command's own word is the app's code; anything stranger is no label.
    const name = /^[a-z][\w .-]{0,60}$/i.test(operation) ? operation : '_OTHER'
    return { ...this.attributes, 'db.operation.name': name }
  }
}

function serverAttributes(system: string, address?: string, port?: number, namespace?: string): Attributes {
  const attributes: Attributes = { 'db.system.name': system }
  if (namespace) attributes['db.namespace'] = namespace
  if (address) attributes['server.address'] = address
  if (address && port) attributes['server.port'] = port
  return attributes
}
