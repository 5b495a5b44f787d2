import { type Attributes, diag, type MeterOptions, type MeterProvider } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import type { IMetricReader } from '@opentelemetry/sdk-metrics'
import { chooseDirectory } from '../directory/choose.ts'
import { joinDirectory } from '../directory/join.ts'
import { type ConnectedReaders, connectReaders, type WaitOptions } from '../reader/connect-readers.ts'
import { ENTRY_KIND } from '../segment/layout.ts'
import { canonicalAttributes } from '../series/attributes.ts'
import { Recorder } from '../series/recorder.ts'
import type { ExemplarFilter } from '../series/sampling.ts'
import { endAtExit } from './exit.ts'
import { SharedMeter } from './meter.ts'
import { type Observation, Observer } from './observer.ts'

export interface SharedMeterProviderOptions {
  /** Where the segments of this service instance live. Default: `TUTTI_DIR`, else a new directory on memory. */
  directory?: string
  /** Describes the service; shared by all its processes. */
  resource?: Pick<Resource, 'attributes'>
  /**
   * Get the merged metrics of all processes: any of the SDK's, or another `IMetricReader`. Give every process the
   * same ones in the same order: those that are asked answer in each, those that push do so in one elected process.
   */
  readers?: readonly IMetricReader[]
  /** Series an instrument may have in one thread, the overflow series included. Default 2,000. */
  cardinalityLimit?: number
  /**
   * Which measurements become exemplars, links from the page to traces: those made while a sampled span is active
   * (`trace_based`), all, or none. Default: `OTEL_METRICS_EXEMPLAR_FILTER`, else `trace_based`.
   */
  exemplarFilter?: ExemplarFilter
  /** Milliseconds between two rounds of observable callbacks. Default 1,000. */
  observationIntervalMs?: number
  /** Told each trouble once, in one line. Default: OpenTelemetry's `diag.warn`. */
  warn?: (line: string) => void
  /** `heap` takes the store for platforms without mapping although mapping is there. */
  store?: 'mapped' | 'heap'
  /** Milliseconds since the epoch. */
  now?: () => number
}

const DEFAULT_CARDINALITY_LIMIT = 2_000
const DEFAULT_OBSERVATION_INTERVAL_MS = 1_000

/**
 * OpenTelemetry's `MeterProvider` on shared memory: every measurement of every process of a service lands in
 * its thread's segment and is on the page at once, whatever happens to the thread afterwards.
 *
 * Never throws and never keeps the process alive. Follows the OpenTelemetry metrics API and SDK specifications.
 *
 * @example
 * const provider = new SharedMeterProvider({ directory })
 * const counter = provider.getMeter('shop').createCounter('orders')
 * counter.add(1, { country: 'ch' })
 */
export class SharedMeterProvider implements MeterProvider {
  /** Where the segments are: what `readMetrics`, `renderMetrics` and the exposer ask for. */
  readonly directory: string
  readonly #recorder: Recorder
  readonly #observer: Observer
  readonly #meters: Map<string, SharedMeter> = new Map()
  readonly #timer: NodeJS.Timeout
  readonly #forgetExit: () => void
  readonly #readers: ConnectedReaders | undefined
  #soon: NodeJS.Immediate | undefined
  #ending = false
  #ended = false

  constructor(options: SharedMeterProviderOptions = {}) {
    const warn = options.warn ?? ((line: string) => diag.warn(`tutti: ${line}`))
    const now = options.now ?? Date.now
    this.directory = options.directory ?? chooseDirectory().directory
    const writer = joinDirectory(this.directory, { warn, nowMs: now(), store: options.store ?? 'mapped' })
    const attributes: Attributes = options.resource?.attributes ?? {}
    writer.note(ENTRY_KIND.resource, canonicalAttributes(attributes))

    const cardinalityLimit = Math.max(2, options.cardinalityLimit ?? DEFAULT_CARDINALITY_LIMIT)
    const exemplarFilter = options.exemplarFilter ?? exemplarFilterFrom(process.env)
    this.#recorder = new Recorder({ writer, cardinalityLimit, exemplarFilter, now, warn })
    const failed = once(error => warn(`an observable callback failed (${String(error)})`))
    this.#observer = new Observer(now, failed, () => this.#observeSoon())
    this.#recorder.beat()
    const intervalMs = options.observationIntervalMs ?? DEFAULT_OBSERVATION_INTERVAL_MS
    this.#timer = setInterval(() => this.observe(), intervalMs).unref()
    this.#forgetExit = endAtExit(() => this.#end())
    if (options.readers !== undefined && options.readers.length > 0) {
      const { directory } = this
      const share = () => this.#recorder.beat()
      const source = { directory, resource: options.resource, cardinalityLimit, share, now, warn }
      this.#readers = connectReaders(options.readers, { ...source, observe: () => this.#observe() })
    }
  }

  getMeter(name: string, version = '', options: MeterOptions = {}): SharedMeter {
    const scope = { name: name || 'unknown', version, schemaUrl: options.schemaUrl ?? '' }
    const identity = JSON.stringify(scope)
    let meter = this.#meters.get(identity)
    if (meter === undefined) {
      meter = new SharedMeter(scope, this.#recorder, this.#observer)
      this.#meters.set(identity, meter)
    }
    return meter
  }

  /** One observation now: calls all observable callbacks of this thread and shares what they say. */
  observe(): void {
    this.#observe()
  }

  /**
   * Observes once more and flushes all readers; synchronous measurements are shared when they are made. Rejects
   * with a reader's error, or when one takes longer than `timeoutMillis`.
   */
  async forceFlush(options?: WaitOptions): Promise<void> {
    this.observe()
    if (!this.#ended) await this.#readers?.forceFlush(options)
  }

  /**
   * The last observation, the readers' last flush and their end; then this thread is no writer any more. Its counters
   * stay on the page, and other processes' readers go on. Rejects as {@link forceFlush} does, ended all the same.
   */
  async shutdown(options?: WaitOptions): Promise<void> {
    if (this.#ending) return
    this.#ending = true
    try {
      if (this.#readers !== undefined) await this.#readers.shutdown(options)
    } finally {
      this.#end()
    }
  }

  #observe(): Observation {
    if (this.#ended) return { errors: [], pending: [] }
    const observation = this.#observer.observe()
    this.#recorder.beat()
    return observation
  }

  /** A new callback is on the page at once, not only with the next tick; many of them share one observation. */
  #observeSoon(): void {
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined
      this.observe()
    }).unref()
  }

  #end(): void {
    if (this.#ended) return
    this.observe()
    this.#ended = true
    clearInterval(this.#timer)
    this.#forgetExit()
    this.#recorder.end()
  }
}

function exemplarFilterFrom({ OTEL_METRICS_EXEMPLAR_FILTER: filter }: NodeJS.ProcessEnv): ExemplarFilter {
  return filter === 'always_on' || filter === 'always_off' ? filter : 'trace_based'
}

function once(say: (error: unknown) => void): (error: unknown) => void {
  let said = false
  return error => {
    if (!said) say(error)
    said = true
  }
}
