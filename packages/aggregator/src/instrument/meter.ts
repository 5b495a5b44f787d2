import type { BatchObservableCallback, Meter, MetricOptions, Observable } from '@opentelemetry/api'
import { type InstrumentKind, type Scope, type StreamDefinition, streamIdentity } from '../segment/stream.ts'
import { observedCreator, seriesCreator } from '../series/create-series.ts'
import { Measuring } from '../series/measuring.ts'
import type { Recorder } from '../series/recorder.ts'
import type { RecordingSeries } from '../series/series.ts'
import type { SeriesTable } from '../series/series-table.ts'
import { AddingInstrument } from './adding-instrument.ts'
import type { SharedCounter, SharedGauge, SharedHistogram, SharedUpDownCounter } from './bound.ts'
import { defineStream } from './definition.ts'
import { ObservableInstrument } from './observable-instrument.ts'
import type { Observer } from './observer.ts'
import { RecordingInstrument } from './recording-instrument.ts'

/** Makes instruments of one scope. The same instrument asked for twice is the same one. */
export class SharedMeter implements Meter {
  readonly #scope: Scope
  readonly #recorder: Recorder
  readonly #observer: Observer
  readonly #instruments: Map<string, unknown> = new Map()
  readonly #definitions: Map<string, StreamDefinition> = new Map()

  constructor(scope: Scope, recorder: Recorder, observer: Observer) {
    this.#scope = scope
    this.#recorder = recorder
    this.#observer = observer
  }

  createCounter(name: string, options?: MetricOptions): SharedCounter {
    return this.#create('COUNTER', name, options, definition => {
      return new AddingInstrument(...this.#synchronous(definition, false))
    })
  }

  createUpDownCounter(name: string, options?: MetricOptions): SharedUpDownCounter {
    return this.#create('UP_DOWN_COUNTER', name, options, definition => {
      return new AddingInstrument(...this.#synchronous(definition, true))
    })
  }

  createHistogram(name: string, options?: MetricOptions): SharedHistogram {
    return this.#create('HISTOGRAM', name, options, definition => {
      return new RecordingInstrument(...this.#synchronous(definition, false))
    })
  }

  createGauge(name: string, options?: MetricOptions): SharedGauge {
    return this.#create('GAUGE', name, options, definition => {
      return new RecordingInstrument(...this.#synchronous(definition, true))
    })
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

  /** What a synchronous instrument is made of. */
  #synchronous(definition: StreamDefinition, signed: boolean): [SeriesTable<RecordingSeries>, Measuring] {
    const { name, integer } = definition
    const measuring = new Measuring({
      signed,
      integer,
      reject: this.#recorder.rejecter(name),
      overflowed: this.#recorder.overflowCounter(name),
      now: this.#recorder.now,
    })
    return [this.#recorder.table(definition, seriesCreator(definition, measuring), measuring), measuring]
  }

  #createObservable(kind: InstrumentKind, name: string, options: MetricOptions | undefined): Observable {
    return this.#create(kind, name, options, definition => {
      const create = observedCreator(definition, this.#recorder.overflowCounter(name))
      const table = this.#recorder.table(definition, create)
      return new ObservableInstrument(table, this.#observer, this.#recorder.rejecter(name))
    })
  }

  #create<T>(
    kind: InstrumentKind,
    name: string,
    options: MetricOptions | undefined,
    make: (definition: StreamDefinition) => T,
  ): T {
    const definition = defineStream(this.#scope, kind, name, options, this.#recorder.warn)
    // Names are compared without case (OpenTelemetry metrics SDK, duplicate instrument registration).
    const identity = streamIdentity({ ...definition, name: definition.name.toLowerCase() })
    const existing = this.#instruments.get(identity)
    if (existing !== undefined) return existing as T

    this.#warnOfConflict(definition)
    const instrument = make(definition)
    this.#instruments.set(identity, instrument)
    return instrument
  }

  #warnOfConflict(definition: StreamDefinition): void {
    const name = definition.name.toLowerCase()
    const other = this.#definitions.get(name)
    this.#definitions.set(name, other ?? definition)
    if (other === undefined) return
    const [now, before] = [definition, other].map(({ kind, unit, integer }) =>
      JSON.stringify({ kind, unit, integer }),
    )
    this.#recorder.warn(
      `instrument ${definition.name} of ${this.#scope.name} is defined twice, as ${before} and as ${now}: ` +
        'both are kept apart on the page. Give one of them another name.',
    )
  }
}
