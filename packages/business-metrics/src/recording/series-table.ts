import { judge, labelValue, OTHER, REFUSED } from '../labels/judge.ts'
import type { Label } from '../labels/label.ts'
import { note, shared } from '../shared/state.ts'
import type { InstrumentSpec } from './instrument-spec.ts'
import { Series } from './series.ts'
import { combinations, SeriesIndex } from './series-index.ts'

/** All series of a metric in this process. At most so many as its limit and that of all metrics say, and the `other` ones. */
export class SeriesTable {
  readonly index: SeriesIndex
  readonly #spec: InstrumentSpec
  readonly #byKey: Map<string, Series> = new Map()
  /** Values of each free label that are told apart. */
  readonly #known: Map<Label, Set<unknown>> = new Map()
  readonly #added: (series: Series) => void
  #isFilled = false

  /** @param added told of every new series. */
  constructor(spec: InstrumentSpec, added: (series: Series) => void) {
    this.#spec = spec
    this.#added = added
    this.index = new SeriesIndex(spec.labels)
  }

  /** Makes the series of all listed values, so that they are on the page before anything happened. */
  fill(): void {
    if (this.#isFilled || this.index.free.length > 0) return
    this.#isFilled = true
    for (const values of combinations(this.index.listed)) this.index.insert(values, this.#find(values))
  }

  /** The series that counts for these labels, whatever they are. Never throws. */
  resolve(labels: unknown): Series {
    const values: Record<string, string | number | boolean> = {}
    let isWhole = true
    for (const label of this.#spec.labels) {
      const value = judge(this.#spec.name, label, labels)
      values[label.name] = value
      // What was mended is looked at every time.
      isWhole &&= value === labelValue(labels, label.name)
    }
    if (!this.#admits(values)) {
      for (const { name } of this.index.free) values[name] = OTHER
      return this.#find(values)
    }
    const series = this.#find(values)
    if (isWhole && this.index.listed.every(({ name }, each) => this.index.steps[each].has(values[name])))
      this.index.insert(values, series)
    return series
  }

  [Symbol.iterator](): Iterator<Series> {
    return this.#byKey.values()
  }

  #admits(values: Readonly<Record<string, unknown>>): boolean {
    if (this.index.free.length === 0 || this.#byKey.has(keyOf(values))) return true
    const full = this.index.free.find(label => {
      const known = this.#known.get(label)
      const value = values[label.name]
      return known !== undefined && known.size >= label.free!.limit && !known.has(value) && !isMended(value)
    })
    const reason =
      full !== undefined
        ? `the label "${full.name}" has ${full.free!.limit} values`
        : this.#byKey.size >= this.#spec.maxSeries
          ? `it has ${this.#spec.maxSeries} series`
          : shared.series.count >= shared.series.limit
            ? `all metrics together have ${shared.series.limit} series`
            : undefined
    if (reason === undefined) {
      for (const label of this.index.free) this.#remember(label, values[label.name])
      return true
    }
    note(
      'series.limit',
      this.#spec.name,
      () =>
        `${reason}: further ones count together as "other". Leave out what holds an id, or raise the limit ` +
        '(freeText({ limit }), maxSeries, TUTTI_MAX_SERIES).',
    )
    return false
  }

  #remember(label: Label, value: unknown): void {
    if (isMended(value)) return
    const known = this.#known.get(label)
    if (known === undefined) this.#known.set(label, new Set([value]))
    else known.add(value)
  }

  #find(values: Readonly<Record<string, string | number | boolean>>): Series {
    const key = keyOf(values)
    let series = this.#byKey.get(key)
    if (series === undefined) {
      series = new Series({ ...values })
      this.#byKey.set(key, series)
      shared.series.count++
      this.#added(series)
    }
    return series
  }
}

/** What stands for many values is not one of those that are told apart. */
function isMended(value: unknown): boolean {
  return value === OTHER || value === REFUSED
}

/** The values in the order of the labels, which is that of the spec. */
function keyOf(values: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.values(values))
}
