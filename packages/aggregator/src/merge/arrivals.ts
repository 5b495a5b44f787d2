/** What merging needs of a segment: its cells as they were read last, and the number of its writer. */
export interface Source {
  readonly cells: Float64Array
  readonly worker: number
}

/** What merging needs of one series of a segment. */
export interface ArrivingSeries {
  text: string
  readonly slot: number
  readonly cellCount: number
  /** Ledger: whose value it was. */
  readonly worker?: number
  readonly createdUs?: number
}

/** How a segment defines the stream. */
export interface Origin {
  readonly isLedger: boolean
  /** The limit that its definition names. */
  readonly limit: number | undefined
}

interface Arrived {
  readonly source: Source
  readonly origin: Origin
  readonly series: ArrivingSeries[]
}

/** Series that were read since the last time and do not have their place in a stream yet. */
export class Arrivals {
  count = 0
  #bySource: Map<Source, Arrived> = new Map()

  add(source: Source, series: ArrivingSeries, origin: Origin): void {
    let arrived = this.#bySource.get(source)
    if (arrived === undefined) {
      arrived = { source, origin, series: [] }
      this.#bySource.set(source, arrived)
    }
    arrived.series.push(series)
    this.count++
  }

  /** The limit according to whoever made the first series. */
  get firstLimit(): number | undefined {
    let first: ArrivingSeries | undefined
    let limit: number | undefined
    for (const { series, origin } of this.#bySource.values()) {
      if (first !== undefined && !comesBefore(series[0], first)) continue
      first = series[0]
      limit = origin.limit
    }
    return limit
  }

  /** Whether so many different texts, or fewer, are unknown. */
  hasAtMost(count: number, isKnown: (text: string) => boolean): boolean {
    if (this.count <= count) return true
    const texts = new Set<string>()
    for (const { series } of this.#bySource.values()) {
      for (const { text } of series) {
        if (!isKnown(text)) texts.add(text)
        if (texts.size > count) return false
      }
    }
    return true
  }

  /** Hands out and forgets all: when `inOrder`, in the order in which they were made. */
  takeAll(inOrder: boolean, take: (source: Source, series: ArrivingSeries, origin: Origin) => void): void {
    const all = [...this.#bySource.values()]
    this.#bySource = new Map()
    this.count = 0
    if (!inOrder || all.length === 1) {
      for (const { source, origin, series } of all) for (const each of series) take(source, each, origin)
      return
    }
    const mixed = all.flatMap(({ source, origin, series }) => series.map(each => ({ source, origin, each })))
    mixed.sort((one, two) => (comesBefore(one.each, two.each) ? -1 : 1))
    for (const { source, origin, each } of mixed) take(source, each, origin)
  }
}

/** By time, and at the same moment by text, so that every reader has the same order. */
function comesBefore(one: ArrivingSeries, two: ArrivingSeries): boolean {
  const [first = 0, second = 0] = [one.createdUs, two.createdUs]
  return first < second || (first === second && one.text < two.text)
}
