import { type Resource, resourceFromAttributes } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  type CollectionResult,
  type IMetricReader,
  InstrumentType,
  type MetricCollectOptions,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics'
import { type ReportedStream, toResourceMetrics } from '../merge/resource-metrics.ts'
import type { StreamDefinition } from '../segment/stream.ts'
import { startTimeMs } from '../snapshot/directory-reader.ts'
import { CardinalityLimits } from './cardinality-limits.ts'
import { canBeDelta } from './delta.ts'
import { Deltas } from './deltas.ts'
import { keepDeltas, resumeDeltas } from './kept-deltas.ts'
import type { Pushing } from './pushing.ts'
import type { ReaderSource } from './reader-source.ts'
import type { Selection } from './selection.ts'

/** A reader that asks for no limit must not wait for ever for a callback that never settles. */
const DEFAULT_TIMEOUT_MS = 5_000

/** @param pushing given for a push reader: its part in the election. */
export function createCollector(
  reader: IMetricReader,
  source: ReaderSource,
  resource: Pick<Resource, 'attributes'> | undefined,
  selection: Selection,
  pushing: Pushing | undefined,
): Collector {
  return new Collector(reader, source, wholeResource(resource), selection, pushing)
}

/** Attributes that a resource is still waiting for stay with it: exporters wait for them. */
function wholeResource(resource: Pick<Resource, 'attributes'> | undefined): Resource {
  if (typeof (resource as Resource | undefined)?.getRawAttributes === 'function') return resource as Resource
  return resourceFromAttributes(resource?.attributes ?? {})
}

/**
 * What one reader collects: an observation of this process, then the merged metrics of all processes, in the
 * temporality and within the limits that the reader selects.
 */
export class Collector implements MetricProducer {
  readonly #reader: IMetricReader
  readonly #source: ReaderSource
  readonly #resource: Resource
  readonly #selection: Selection
  readonly #pushing: Pushing | undefined
  readonly #usesDeltas: boolean
  readonly #limits: CardinalityLimits = new CardinalityLimits()
  #deltas: Deltas | undefined

  constructor(
    reader: IMetricReader,
    source: ReaderSource,
    resource: Resource,
    selection: Selection,
    pushing: Pushing | undefined,
  ) {
    this.#reader = reader
    this.#source = source
    this.#resource = resource
    this.#selection = selection
    this.#pushing = pushing
    this.#usesDeltas = Object.values(InstrumentType).some(kind => this.#selectsDelta(kind))
  }

  /** Never rejects: what went wrong is among the result's `errors`. */
  async collect({
    timeoutMillis = DEFAULT_TIMEOUT_MS,
  }: MetricCollectOptions = {}): Promise<CollectionResult> {
    const errors: unknown[] = []
    try {
      if (!this.#isReporting()) return this.#nothing(errors)
      errors.push(...(await this.#source.observe(timeoutMillis, this.#source.isAwaited())))
      const nowMs = this.#source.now()
      const resourceMetrics = toResourceMetrics(this.#report(nowMs), this.#resource, nowMs)
      return { resourceMetrics, errors }
    } catch (error) {
      return this.#nothing([...errors, error])
    }
  }

  #nothing(errors: unknown[]): CollectionResult {
    return { resourceMetrics: { resource: this.#resource, scopeMetrics: [] }, errors }
  }

  /** A push reader reports in the elected process only; in the others it has nothing to export. */
  #isReporting(): boolean {
    if (this.#pushing === undefined || this.#pushing.isElected()) return true
    // Whoever is elected goes on from here; should it be us again, we go on from there.
    this.#deltas = undefined
    return false
  }

  #report(nowMs: number): ReportedStream[] {
    const snapshot = this.#source.directory.read()
    const { merge } = this.#source.directory
    const runStartMs = startTimeMs(snapshot, nowMs)
    if (this.#usesDeltas)
      this.#deltas ??= this.#pushing === undefined ? new Deltas() : resumeDeltas(this.#pushing, merge)
    const deltas = this.#deltas
    const sinceMs = deltas?.exported.untilMs ?? runStartMs

    const reported: ReportedStream[] = []
    for (const [identity, stream] of merge.streams) {
      if (!this.#selection.sees(stream.definition)) continue
      const limit = this.#limitOf(stream.definition) ?? Number.POSITIVE_INFINITY
      const since = this.#isDelta(stream.definition) ? deltas?.take(identity, stream, sinceMs) : undefined
      const cells = this.#limits.apply(identity, stream, since ?? stream, limit)
      if (since === undefined) reported.push({ cells, temporality: 'cumulative', startTimeMs: runStartMs })
      else reported.push({ cells, temporality: 'delta', startTimeMs: sinceMs })
    }
    for (const cells of deltas?.takeGone(merge, sinceMs) ?? [])
      reported.push({ cells, temporality: 'delta', startTimeMs: sinceMs })
    if (deltas !== undefined) {
      deltas.exported.untilMs = nowMs
      if (this.#pushing !== undefined) keepDeltas(this.#pushing, deltas)
    }
    return reported
  }

  /** A view's limit comes before that of a reader (OpenTelemetry metrics SDK, cardinality limits). */
  #limitOf({ kind, cardinalityLimit }: StreamDefinition): number | undefined {
    const isOfView = cardinalityLimit !== undefined && cardinalityLimit !== this.#source.recordedLimit(kind)
    return isOfView ? undefined : this.#selection.limitOf(kind)
  }

  #isDelta(definition: StreamDefinition): boolean {
    return canBeDelta(definition) && this.#selectsDelta(definition.kind as InstrumentType)
  }

  #selectsDelta(kind: InstrumentType): boolean {
    return this.#reader.selectAggregationTemporality(kind) === AggregationTemporality.DELTA
  }
}
