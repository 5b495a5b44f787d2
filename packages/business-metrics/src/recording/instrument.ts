import type { MeterProvider } from '@opentelemetry/api'
import type { Gate } from '../shared/gate.ts'
import { attend } from '../shared/provider.ts'
import { countCut, note, shared } from '../shared/state.ts'
import { type Binding, makeBinding } from './bind.ts'
import { compile, type RecordLabeled, type Verb } from './compile.ts'
import type { InstrumentSpec } from './instrument-spec.ts'
import { NOWHERE, type Series } from './series.ts'
import { SeriesTable } from './series-table.ts'

const VERBS: Record<InstrumentSpec['kind'], Verb> = { counter: 'add', histogram: 'record', gauge: 'set' }

export interface InstrumentScope {
  readonly name: string
  readonly version: string | undefined
}

/** One OpenTelemetry instrument that follows the provider, and its series. */
export class Instrument {
  readonly spec: InstrumentSpec
  /** What every update passes. */
  readonly gate: Gate
  readonly table: SeriesTable
  /** Records under labels; what measuring code calls. */
  readonly record: RecordLabeled
  /** Its switch, also where updates need not pass a gate one by one. */
  readonly #group: Gate
  #binding: Binding | undefined

  constructor(spec: InstrumentSpec, gate: Gate, group: Gate) {
    this.spec = spec
    this.gate = gate
    this.#group = group
    this.table = new SeriesTable(spec, series => this.#attach(series))
    this.record = compile(this, VERBS[spec.kind])
  }

  /** Everything is made anew: the instrument, and a handle for every series. May throw what a provider throws. */
  follow(provider: MeterProvider | undefined, scope: InstrumentScope): void {
    this.#leave()
    if (!this.#group.isOpen) return
    const meter = provider?.getMeter(scope.name, scope.version)
    const binding = meter && makeBinding(meter, this.spec, this.table)
    this.#binding = shared.tap === undefined ? binding : shared.tap(binding)
    if (this.#binding === undefined) return
    for (const series of this.table) this.#attach(series)
    if (this.spec.kind !== 'gauge' || this.spec.beginsAtZero) this.table.fill()
  }

  /** The labels lead to no series yet, or are not as they should be. The update was admitted already. */
  recordSlowly(value: number, labels: unknown): void {
    try {
      this.put(this.table.resolve(labels), value)
    } catch {
      note('internal', this.spec.name, () => 'a measurement got lost. Please report it.')
    }
  }

  /** Changes what this process said last of a gauge, which was 0 before anything. The update was admitted already. */
  change(by: number, labels: unknown): void {
    if (shared.api.metrics !== shared.registered) attend()
    const series = this.seriesOf(labels)
    this.put(series, (series.value ?? 0) + by)
  }

  put(series: Series, value: number): void {
    if (this.spec.kind === 'gauge') series.value = value
    try {
      if (this.spec.kind === 'counter') series.handle.add(value)
      else series.handle.record(value)
    } catch {
      this.fail()
    }
  }

  /** Never throws. */
  seriesOf(labels: unknown): Series {
    let series: Series | undefined
    try {
      series = this.table.index.find(labels as Record<string, unknown>)
    } catch {
      // What can't be read is judged label by label.
    }
    return series ?? this.table.resolve(labels)
  }

  /** The gate is shut, or the minute's updates are used up. What a gauge says is true all the same, later. */
  cut(value: number, labels: unknown): void {
    if (this.gate.isOpen) countCut(this.spec.name)
    if (this.spec.kind === 'gauge') this.keep(value, labels)
  }

  cutSeries(series: Series, value: number): void {
    if (this.gate.isOpen) countCut(this.spec.name)
    if (this.spec.kind === 'gauge') series.value = value
  }

  /** Remembers what a gauge says while it can't be recorded. */
  keep(value: number, labels: unknown): void {
    if (typeof value === 'number' && Number.isFinite(value)) this.seriesOf(labels).value = value
  }

  reject(value: unknown): void {
    note('value', this.spec.name, () => `${shown(value)} is no value for it, and is not counted.`)
  }

  fail(): void {
    note('provider', this.spec.name, () => 'the metrics SDK failed to record a measurement.')
  }

  #leave(): void {
    const binding = this.#binding
    this.#binding = undefined
    const handles = [...this.table].map(series => series.handle)
    for (const series of this.table) series.handle = NOWHERE
    binding?.end?.()
    for (const handle of handles) handle.end?.()
  }

  #attach(series: Series): void {
    if (this.#binding === undefined) return
    series.handle = this.#binding.bind(series)
    if (this.spec.kind === 'counter') series.handle.add(0)
    if (this.spec.kind !== 'gauge') return
    if (this.spec.beginsAtZero) series.value ??= 0
    if (series.value !== undefined) series.handle.record(series.value)
  }
}

function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : `a ${typeof value}`
}
