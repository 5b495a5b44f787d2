import type { BatchObservableCallback, MetricOptions, Observable } from '@opentelemetry/api'
import type { ReaderChoices } from '../reader/connect-readers.ts'
import { type InstrumentKind, isObservable, type Scope } from '../segment/stream.ts'
import type { CellRange } from '../segment/writer.ts'
import { seriesCreator } from '../series/create-series.ts'
import { Measuring } from '../series/measuring.ts'
import { ObservedSeries } from '../series/observed-series.ts'
import type { Recorder } from '../series/recorder.ts'
import type { RecordingSeries, Series } from '../series/series.ts'
import type { SeriesTable } from '../series/series-table.ts'
import { AttributeFilter } from '../view/attribute-filter.ts'
import { type InstrumentDefinition, instrumentIdentity } from '../view/instrument.ts'
import { type Describable, StreamRegistry } from '../view/stream-registry.ts'
import { type StreamConfiguration, streamsOf } from '../view/streams.ts'
import type { View } from '../view/view.ts'
import { AddingInstrument } from './adding-instrument.ts'
import type {
  SharedCounter,
  SharedGauge,
  SharedHistogram,
  SharedMeter,
  SharedMetricOptions,
  SharedUpDownCounter,
} from './bound.ts'
import { defineInstrument } from './definition.ts'
import { FannedInstrument, Way } from './fanned-instrument.ts'
import { ObservableInstrument } from './observable-instrument.ts'
import type { Observer } from './observer.ts'
import { RecordingInstrument } from './recording-instrument.ts'

type SynchronousInstrument = new (table: SeriesTable<RecordingSeries>, measuring: Measuring) => unknown

/** Makes instruments of one scope. The same instrument asked for twice is the same one. */
export class RecordingMeter implements SharedMeter {
  readonly #scope: Scope
  readonly #recorder: Recorder
  readonly #observer: Observer
  readonly #views: readonly View[]
  readonly #choices: ReaderChoices | undefined
  readonly #streams: StreamRegistry
  readonly #instruments: Map<string, { definition: InstrumentDefinition; instrument: unknown }> = new Map()

  constructor(
    scope: Scope,
    recorder: Recorder,
    observer: Observer,
    views: readonly View[] = [],
    choices?: ReaderChoices,
  ) {
    this.#scope = scope
    this.#recorder = recorder
    this.#observer = observer
    this.#views = views
    this.#choices = choices
    this.#streams = new StreamRegistry(recorder.warn)
  }

  createCounter(name: string, options?: SharedMetricOptions): SharedCounter {
    return this.#createSynchronous('COUNTER', name, options, AddingInstrument)
  }

  createUpDownCounter(name: string, options?: SharedMetricOptions): SharedUpDownCounter {
    return this.#createSynchronous('UP_DOWN_COUNTER', name, options, AddingInstrument)
  }

  createHistogram(name: string, options?: SharedMetricOptions): SharedHistogram {
    return this.#createSynchronous('HISTOGRAM', name, options, RecordingInstrument)
  }

  createGauge(name: string, options?: SharedMetricOptions): SharedGauge {
    return this.#createSynchronous('GAUGE', name, options, RecordingInstrument)
  }

  createObservableCounter(name: string, options?: MetricOptions): Observable {
    return this.#createObservable('OBSERVABLE_COUNTER', name, options)
  }

  createObservableUpDownCounter(name: string, options?: MetricOptions): Observable {
    return this.#createObservable('OBSERVABLE_UP_DOWN_COUNTER', name, options)
  }

  createObservableGauge(name: string, options?: MetricOptions): Observable {
    return this.#createObservable('OBSERVABLE_GAUGE', name, options)
  }

  addBatchObservableCallback(callback: BatchObservableCallback, observables: Observable[]): void {
    this.#observer.add(callback, observables, true)
  }

  removeBatchObservableCallback(callback: BatchObservableCallback, observables: Observable[]): void {
    this.#observer.remove(callback, observables, true)
  }

  #createSynchronous<T>(
    kind: InstrumentKind,
    name: string,
    options: SharedMetricOptions | undefined,
    Instrument: SynchronousInstrument,
  ): T {
    return this.#create(kind, name, options, definition => {
      const { integer, negative: signed } = definition
      const reject = this.#recorder.rejecter(definition.name)
      const overflowed = this.#recorder.overflowCounter(definition.name)
      const ways = this.#tables(definition, stream => {
        const measuring = new Measuring({ signed, integer, reject, overflowed, now: this.#recorder.now })
        return new Way(this.#table(stream, seriesCreator(stream.definition, measuring), measuring), measuring)
      })
      // The way of nearly all instruments is the shortest one.
      return ways.length === 1 ? new Instrument(ways[0].table, ways[0].measuring) : new FannedInstrument(ways)
    })
  }

  #createObservable(kind: InstrumentKind, name: string, options: MetricOptions | undefined): Observable {
    return this.#create(kind, name, options, definition => {
      const tables = this.#tables(definition, stream => {
        return this.#table(stream, (text, range) => new ObservedSeries(text, range))
      })
      const reject = this.#recorder.rejecter(definition.name)
      const overflowed = this.#recorder.overflowCounter(definition.name)
      return new ObservableInstrument(tables, definition, this.#observer, { reject, overflowed })
    })
  }

  #create<T>(
    kind: InstrumentKind,
    name: string,
    options: SharedMetricOptions | undefined,
    make: (definition: InstrumentDefinition) => unknown,
  ): T {
    const definition = defineInstrument(this.#scope, kind, name, options, this.#recorder.warn)
    const identity = instrumentIdentity(definition)
    const existing = this.#instruments.get(identity)
    if (existing !== undefined) {
      this.#createAgain(existing.definition, definition)
      return existing.instrument as T
    }
    const instrument = make(definition)
    this.#instruments.set(identity, { definition, instrument })
    return instrument as T
  }

  /** What was said first holds, but of descriptions the longer one (OpenTelemetry metrics SDK, name conflict). */
  #createAgain(before: InstrumentDefinition, now: InstrumentDefinition): void {
    const { warn } = this.#recorder
    if (before.name !== now.name) {
      warn(
        `instrument ${before.name} of ${this.#scope.name} is also asked for as ${now.name}: it is the same one.`,
      )
    }
    if (now.boundaries !== undefined && String(now.boundaries) !== String(before.boundaries)) {
      warn(
        `histogram ${before.name} of ${this.#scope.name} is created twice with different explicitBucketBoundaries: ` +
          'those given first are used.',
      )
    }
    if (before.description === now.description) return
    const described = { ...before, description: now.description }
    this.#streams.describe(streamsOf(described, this.#views, () => {}, this.#choices?.aggregations(now.kind)))
  }

  #tables<Table extends Describable>(
    definition: InstrumentDefinition,
    make: (stream: StreamConfiguration) => Table,
  ): Table[] {
    const { warn } = this.#recorder
    return this.#streams.tables(
      streamsOf(definition, this.#views, warn, this.#choices?.aggregations(definition.kind)),
      make,
    )
  }

  #table<S extends Series>(
    { definition, processors, cardinalityLimit: ofView }: StreamConfiguration,
    create: (text: string, range: CellRange) => S,
    measuring?: Measuring,
  ): SeriesTable<S> {
    const cardinalityLimit = ofView ?? this.#choices?.cardinalityLimit(definition.kind)
    const filter = processors && new AttributeFilter(processors, !isObservable(definition.kind))
    return this.#recorder.table(definition, create, { cardinalityLimit, filter, measuring })
  }
}
