import { type Attributes, diag, type MeterOptions, type MeterProvider } from '@opentelemetry/api'
import type { Resource } from '@opentelemetry/resources'
import { chooseDirectory } from '../directory/choose.ts'
import { joinDirectory } from '../directory/join.ts'
import { ENTRY_KIND } from '../segment/layout.ts'
import { canonicalAttributes } from '../series/attributes.ts'
import { Recorder } from '../series/recorder.ts'
import type { ExemplarFilter } from '../series/sampling.ts'
import { endAtExit } from './exit.ts'
import { type LimitOptions, limitsOf } from './limits.ts'
import { type MergeOption, MergeRules } from './merge-rules.ts'
import { SharedMeter } from './meter.ts'
import { Observer } from './observer.ts'

export interface SharedMeterProviderOptions extends LimitOptions {
  /** Where the segments of this service instance live. Default: `TUTTI_DIR`, else a new directory on memory. */
  directory?: string
  /** Describes the service; shared by all its processes. */
  resource?: Pick<Resource, 'attributes'>
  /**
   * How the values of several workers become one, by instrument name; see docs/merging.md. Also by `TUTTI_MERGE`.
   * Throws {@link MergeOptionError} when it says nothing that can be done.
   */
  merge?: MergeOption
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
  /** Where limits and `TUTTI_MERGE` are read from. Default `process.env`. */
  env?: NodeJS.ProcessEnv
}

const DEFAULT_OBSERVATION_INTERVAL_MS = 1_000

/**
 * OpenTelemetry's `MeterProvider` on shared memory: every measurement of every process of a service lands in
 * its thread's segment and is on the page at once, whatever happens to the thread afterwards.
 *
 * Throws only for a wrong `merge` option, and never keeps the process alive. Follows the OpenTelemetry metrics API and SDK specifications.
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
  #soon: NodeJS.Immediate | undefined
  #ended = false

  constructor(options: SharedMeterProviderOptions = {}) {
    const warn = options.warn ?? ((line: string) => diag.warn(`tutti: ${line}`))
    const now = options.now ?? Date.now
    const env = options.env ?? process.env
    const rules = new MergeRules(options.merge, env.TUTTI_MERGE, warn)
    const limits = limitsOf(options, env, warn)
    this.directory = options.directory ?? chooseDirectory().directory
    const writer = joinDirectory(this.directory, { warn, nowMs: now(), store: options.store ?? 'mapped' })
    const attributes: Attributes = options.resource?.attributes ?? {}
    writer.note(ENTRY_KIND.resource, canonicalAttributes(attributes))

    writer.limitBytes = limits.segmentBytes
    this.#recorder = new Recorder({
      writer,
      cardinalityLimit: limits.cardinality,
      attributeValueLengthLimit: limits.attributeValueLength,
      exemplarFilter: options.exemplarFilter ?? exemplarFilterFrom(env),
      merging: definition => rules.apply(definition),
      now,
      warn,
    })
    const failed = once(error => warn(`an observable callback failed (${String(error)})`))
    this.#observer = new Observer(now, failed, () => this.#observeSoon())
    this.#recorder.beat()
    const intervalMs = options.observationIntervalMs ?? DEFAULT_OBSERVATION_INTERVAL_MS
    this.#timer = setInterval(() => this.observe(), intervalMs).unref()
    this.#forgetExit = endAtExit(() => this.#end())
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
    if (this.#ended) return
    this.#observer.observe()
    this.#recorder.beat()
  }

  /** Synchronous measurements are shared when they are made; this observes the observables once more. */
  async forceFlush(): Promise<void> {
    this.observe()
  }

  /** The last observation; then this thread is no writer any more. Its counters stay on the page. */
  async shutdown(): Promise<void> {
    this.#end()
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
