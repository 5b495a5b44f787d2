/** What one track held at the times that are asked for: NaN where nobody said anything. */
export type Values = Float64Array

const CAPACITY = 900
const MAX_TRACKS = 4_000

/**
 * What was seen, for the last fifteen minutes at one look a second: a ring of times, and a ring of values a track.
 * Its memory is bounded: so many tracks, each of so many values, 29 MB in all.
 */
export class History {
  readonly #times: Float64Array
  readonly #tracks: Map<string, Values> = new Map()
  readonly #capacity: number
  readonly #maxTracks: number
  #count = 0
  /** Looking for tracks to forget takes a while: not at every look. */
  #notForgettingUntil = 0

  constructor(capacity: number = CAPACITY, maxTracks: number = MAX_TRACKS) {
    this.#capacity = capacity
    this.#maxTracks = maxTracks
    this.#times = new Float64Array(capacity)
  }

  /** Adds a look at everything; a track that is not in it has a gap there. */
  record(timeSeconds: number, values: ReadonlyMap<string, number>): void {
    const at = this.#count++ % this.#capacity
    this.#times[at] = timeSeconds
    for (const track of this.#tracks.values()) track[at] = Number.NaN
    for (const [name, value] of values) {
      const track = this.#tracks.get(name) ?? this.#begin(name)
      if (track !== undefined) track[at] = value
    }
  }

  /** Seconds since the epoch, oldest first, not older than that. */
  times(sinceSeconds: number): Float64Array {
    return this.#window(this.#times, sinceSeconds)
  }

  /** As many as there are {@link times}. */
  values(name: string, sinceSeconds: number): Values {
    const track = this.#tracks.get(name)
    return track === undefined
      ? new Float64Array(this.times(sinceSeconds).length).fill(Number.NaN)
      : this.#window(track, sinceSeconds)
  }

  /** What was seen last. */
  last(name: string): number {
    return this.#tracks.get(name)?.[(this.#count - 1) % this.#capacity] ?? Number.NaN
  }

  has(name: string): boolean {
    return this.#tracks.has(name)
  }

  /** Tracks whose name begins so, without that beginning. */
  names(prefix: string): string[] {
    return [...this.#tracks.keys()]
      .filter(name => name.startsWith(prefix))
      .map(name => name.slice(prefix.length))
  }

  /** Room for new ones is made by those that have nothing to show any more. */
  #begin(name: string): Values | undefined {
    if (this.#tracks.size >= this.#maxTracks) this.#forget()
    if (this.#tracks.size >= this.#maxTracks) return undefined
    const track = new Float64Array(this.#capacity).fill(Number.NaN)
    this.#tracks.set(name, track)
    return track
  }

  #forget(): void {
    if (this.#count < this.#notForgettingUntil) return
    this.#notForgettingUntil = this.#count + 60
    for (const [name, track] of this.#tracks) if (track.every(Number.isNaN)) this.#tracks.delete(name)
  }

  #window(ring: Float64Array, sinceSeconds: number): Float64Array {
    const size = Math.min(this.#count, this.#capacity)
    const first = this.#count - size
    let skipped = 0
    while (skipped < size && this.#times[(first + skipped) % this.#capacity] < sinceSeconds) skipped++
    return Float64Array.from(
      { length: size - skipped },
      (_, index) => ring[(first + skipped + index) % this.#capacity],
    )
  }
}
