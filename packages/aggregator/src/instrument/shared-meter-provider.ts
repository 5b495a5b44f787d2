import type { Attributes, MeterOptions, MeterProvider } from '@opentelemetry/api'
import { warnByDiag } from '../api.ts'
import { chooseDirectory } from '../directory/choose.ts'
import { joinDirectory } from '../directory/join.ts'
import type { MergedPage, RenderedPage } from '../exposition/merged-page.ts'
import type { PageOptions } from '../exposition/page-options.ts'
import { type ConnectedReaders, connectReaders, type WaitOptions } from '../reader/connect-readers.ts'
import { ENTRY_KIND } from '../segment/layout.ts'
import { canonicalAttributes } from '../series/attributes.ts'
import { Recorder } from '../series/recorder.ts'
import type { ExemplarFilter } from '../series/sampling.ts'
import { cut } from '../view/cut.ts'
import { defineView, type View } from '../view/view.ts'
import type { SharedMeter } from './bound.ts'
import { EndedMeter } from './ended-meter.ts'
import { endAtExit } from './exit.ts'
import { limitsOf } from './limits.ts'
import { MergeRules } from './merge-rules.ts'
import { RecordingMeter } from './meter.ts'
import { Observer } from './observer.ts'
import type { SharedMeterProviderOptions } from './provider-options.ts'
import { sayOnce } from './say-once.ts'

const DEFAULT_OBSERVATION_INTERVAL_MS = 1_000
const DEFAULT_FLUSH_TIMEOUT_MS = 5_000
/** A scope is part of every definition, which must fit into an entry. */
const MAX_SCOPE_LENGTH = 1_024

/**
 * OpenTelemetry's `MeterProvider` on shared memory: every measurement of every process of a service lands in
 * its thread's segment and is on the page at once, whatever happens to the thread afterwards.
 *
 * Never keeps the process alive, and never throws but for options that can't be meant (`ViewError`,
 * `MergeOptionError`, when it is constructed). Follows the OpenTelemetry metrics API and SDK specifications.
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
  readonly #views: readonly View[]
  readonly #warn: (line: string) => void
  readonly #meters: Map<string, RecordingMeter> = new Map()
  readonly #timer: NodeJS.Timeout
  readonly #forgetExit: () => void
  readonly #readers: ConnectedReaders | undefined
  readonly #pageOptions: PageOptions
  #page: MergedPage | undefined
  #soon: NodeJS.Immediate | undefined
  #isShutDown = false
  #ended = false

  constructor(options: SharedMeterProviderOptions = {}) {
    const warn = sayOnce(options.warn ?? warnByDiag)
    const now = options.now ?? Date.now
    // First of all: what throws must not leave a segment behind.
    this.#views = (options.views ?? []).map(defineView)
    const env = options.env ?? process.env
    const rules = new MergeRules(options.merge, env.TUTTI_MERGE, warn)
    const limits = limitsOf(options, env, warn)
    this.#warn = warn
    this.#pageOptions = options.page ?? {}
    this.directory = options.directory ?? chooseDirectory().directory
    const writer = joinDirectory(this.directory, { warn, nowMs: now(), store: options.store ?? 'mapped' })
    const attributes: Attributes = options.resource?.attributes ?? {}
    writer.note(ENTRY_KIND.resource, canonicalAttributes(attributes))

    writer.limitBytes = limits.segmentBytes
    this.#recorder = new Recorder({
      writer,
      cardinalityLimit: limits.cardinality,
      attributeValueLengthLimit: limits.attributeValueLength,
      merging: definition => rules.apply(definition),
      exemplarFilter: options.exemplarFilter ?? exemplarFilterFrom(env),
      now,
      warn,
    })
    this.#observer = new Observer({
      now,
      fail: this.#recorder.countFailure,
      warn,
      added: () => this.#observeSoon(),
    })
    this.#recorder.beat()
    const intervalMs = options.observationIntervalMs ?? DEFAULT_OBSERVATION_INTERVAL_MS
    this.#timer = setInterval(() => this.observe(), intervalMs).unref()
    this.#forgetExit = endAtExit(() => {
      this.observe()
      this.#end()
    })
    if (options.readers !== undefined && options.readers.length > 0) {
      const cardinalityLimit = limits.cardinality
      const source = { directory: this.directory, resource: options.resource, cardinalityLimit, now, warn }
      const observe = this.#observeFully.bind(this)
      this.#readers = connectReaders(options.readers, { ...source, observe })
    }
  }

  /**
   * The meter of a scope. Without a name it works too, and one line says so; after {@link shutdown} its instruments
   * do nothing (OpenTelemetry metrics SDK, Meter creation and Shutdown).
   */
  getMeter(name: string, version?: string, options?: MeterOptions): SharedMeter {
    if (this.#isShutDown) {
      this.#warn(
        `the meter ${cut(name, MAX_SCOPE_LENGTH)} was asked for after shutdown: its instruments do nothing.`,
      )
      return new EndedMeter()
    }
    const scope = {
      name: cut(name, MAX_SCOPE_LENGTH),
      version: cut(version, MAX_SCOPE_LENGTH),
      schemaUrl: cut(options?.schemaUrl, MAX_SCOPE_LENGTH),
    }
    if (scope.name === '')
      this.#warn('a meter was asked for without a name: give it that of the instrumented library.')
    const identity = JSON.stringify(scope)
    let meter = this.#meters.get(identity)
    if (meter === undefined) {
      meter = new RecordingMeter(scope, this.#recorder, this.#observer, this.#views, this.#readers?.choices)
      this.#meters.set(identity, meter)
    }
    return meter
  }

  /** One observation now: calls all observable callbacks of this thread and shares what they say. */
  observe(): void {
    this.#observe()
  }

  /**
   * One page of all processes, the dead included, with what this one observes now. Rejects when the directory can't be
   * read. Reading happens on the caller's event loop; the exposer's thread is for everything that is asked often.
   * @param accept an HTTP Accept header: text 0.0.4 (the default), OpenMetrics 1.0.0, or protobuf.
   */
  async render(accept?: string): Promise<RenderedPage> {
    await this.#observeFully()
    // Loaded by those who ask: a process that only records needs no pages.
    const { MergedPage } = await import('../exposition/merged-page.ts')
    this.#page ??= new MergedPage(this.directory, this.#pageOptions, this.#warn)
    const page = this.#page.render(accept)
    if (this.#ended) this.#page.close()
    return page
  }

  /**
   * Synchronous measurements are shared when they are made; this observes the observables once more, waits for
   * asynchronous callbacks at most `timeoutMillis`, and flushes all readers. Rejects only with a reader's error, or
   * when one takes longer.
   */
  async forceFlush(options?: WaitOptions): Promise<void> {
    if (this.#isShutDown)
      return this.#warn('forceFlush was called after shutdown: there is nothing left to flush.')
    await this.#observeFully(options?.timeoutMillis)
    await this.#readers?.forceFlush(options)
  }

  /**
   * The last observation, which waits for asynchronous callbacks at most `timeoutMillis`, the readers' last flush and
   * their end; then this thread is no writer any more. Its counters stay on the page, and other processes' readers go
   * on. Rejects as {@link forceFlush} does, ended all the same.
   */
  async shutdown(options?: WaitOptions): Promise<void> {
    if (this.#isShutDown) return this.#warn('shutdown was called more than once.')
    this.#isShutDown = true
    if (this.#ended) return
    await this.#observeFully(options?.timeoutMillis)
    try {
      await this.#readers?.shutdown(options)
    } finally {
      this.#end()
    }
  }

  /** Observes, waits for asynchronous callbacks, and shares what they say. Returns what went wrong. */
  async #observeFully(timeoutMs: number = DEFAULT_FLUSH_TIMEOUT_MS, isAwaited = true): Promise<unknown[]> {
    const errors = this.#observe()
    const late = await this.#observer.settled(timeoutMs, isAwaited)
    if (!this.#ended) this.#recorder.beat()
    return [...errors, ...late]
  }

  #observe(): unknown[] {
    if (this.#ended) return []
    const errors = this.#observer.observe()
    this.#recorder.beat()
    return errors
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
    this.#ended = true
    clearInterval(this.#timer)
    this.#forgetExit()
    this.#recorder.end()
    this.#page?.close()
  }
}

function exemplarFilterFrom({ OTEL_METRICS_EXEMPLAR_FILTER: filter }: NodeJS.ProcessEnv): ExemplarFilter {
  return filter === 'always_on' || filter === 'always_off' ? filter : 'trace_based'
}
