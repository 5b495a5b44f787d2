import { type Labels, NO_LABELS, refuseUnknownLabels } from './label-rules.ts'
import { NO_SHARE, type Series } from './series.ts'

type Branch<S> = Map<unknown, Branch<S> | S>

/** Makes series, and is told when one has something to show. */
export interface TableOwner<S> {
  create(labels: Labels): S
  awoke(series: S): void
}

/**
 * The series of a metric. They are found by the values of their labels, step by step in the order of the label names, as
 * they were given: no text is made of them. Values that read alike (200 and '200') are one series.
 */
export class SeriesTable<S extends Series> {
  readonly #names: readonly string[]
  readonly #owner: TableOwner<S>
  /** By what the values read; also those that are not live. */
  readonly #byText: Map<string, S> = new Map()
  readonly #root: Branch<S> = new Map()
  /** In the order in which they got something to show. */
  readonly #live: Set<S> = new Set()
  #plain: S | undefined

  constructor(names: readonly string[], owner: TableOwner<S>) {
    this.#names = names
    this.#owner = owner
  }

  /** The live ones. */
  [Symbol.iterator](): Iterator<S> {
    return this.#live.values()
  }

  /** The series of these labels, live. Throws for labels that were not declared. */
  of(labels: Labels): S {
    const series = this.known(labels)
    if (!series.isLive) this.#wake(series)
    return series
  }

  /** The series without labels, live. */
  get plain(): S {
    const series = this.#plain
    return series?.isLive ? series : this.#findPlain()
  }

  /** The series of these labels, live or not. Throws for labels that were not declared. */
  known(labels: Labels): S {
    const names = this.#names
    let at: Branch<S> | S | undefined = this.#root
    let given = 0
    for (let index = 0; index < names.length; index++) {
      const value = labels[names[index]]
      if (value !== undefined) given++
      at = (at as Branch<S>).get(value)
      if (at === undefined) return this.#knownByText(labels)
    }
    if (names.length === 0) at = (at as Branch<S>).get(undefined)
    if (at === undefined || (at as S).isGone) return this.#knownByText(labels)
    for (const _ in labels) given--
    if (given < 0) refuseUnknownLabels(names, labels)
    return at as S
  }

  /** The same, by a value for each label name. */
  knownByValues(values: readonly unknown[]): S | undefined {
    if (values.length !== this.#names.length) return undefined
    let at: Branch<S> | S | undefined = values.length === 0 ? this.#root.get(undefined) : this.#root
    for (let index = 0; index < values.length; index++) {
      at = (at as Branch<S>).get(values[index])
      if (at === undefined) return undefined
    }
    return (at as S | undefined)?.isGone ? undefined : (at as S | undefined)
  }

  /** The series that stands for this one now, live. */
  awake(series: S): S {
    if (series.isGone) return this.of(series.labels)
    if (!series.isLive) this.#wake(series)
    return series
  }

  /** Throws for labels that were not declared. */
  remove(labels: Labels): void {
    refuseUnknownLabels(this.#names, labels)
    const text = this.#textOf(labels)
    const series = this.#byText.get(text)
    if (series === undefined) return
    this.#end(series)
    this.#byText.delete(text)
    series.isGone = true
    this.#prune(this.#root, series.labels, 0)
  }

  /** Nothing is live any more. */
  reset(): void {
    for (const series of [...this.#live]) this.#end(series)
  }

  #findPlain(): S {
    const series = this.of(NO_LABELS)
    this.#plain = series
    return series
  }

  #wake(series: S): void {
    series.isLive = true
    this.#live.add(series)
    this.#owner.awoke(series)
  }

  #end(series: S): void {
    series.isLive = false
    this.#live.delete(series)
    series.clear()
    series.share.replace()
    series.share = NO_SHARE
  }

  #knownByText(labels: Labels): S {
    refuseUnknownLabels(this.#names, labels)
    const text = this.#textOf(labels)
    let series = this.#byText.get(text)
    if (series === undefined) {
      series = this.#owner.create({ ...labels })
      this.#byText.set(text, series)
    }
    this.#remember(labels, series)
    return series
  }

  #remember(labels: Labels, series: S): void {
    const names = this.#names
    const values = names.length === 0 ? [undefined] : names.map(name => labels[name])
    // What an object reads may change.
    if (values.some(value => typeof value === 'object' || typeof value === 'function')) return
    let branch = this.#root
    for (const value of values.slice(0, -1)) {
      let next = branch.get(value) as Branch<S> | undefined
      if (next === undefined) {
        next = new Map()
        branch.set(value, next)
      }
      branch = next
    }
    branch.set(values.at(-1), series)
  }

  /** Forgets the way to a removed series, and branches that lead nowhere any more. */
  #prune(branch: Branch<S>, labels: Labels, depth: number): void {
    const value = labels[this.#names[depth]]
    const next = branch.get(value)
    if (next instanceof Map) {
      this.#prune(next, labels, depth + 1)
      if (next.size > 0) return
    }
    branch.delete(value)
  }

  #textOf(labels: Labels): string {
    let text = ''
    for (const name of this.#names) {
      const value = labels[name]
      const part = value === undefined ? '' : `${value}`
      text += value === undefined ? '-' : `${part.length}:${part}`
    }
    return text
  }
}
