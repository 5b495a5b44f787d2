import type { Attributes } from '@opentelemetry/api'
import { MAX_ANSWER_MS } from '../../shared/pulse.ts'
import { isThenable } from '../../shared/thenable.ts'
import { realTimeout } from '../../shared/timers.ts'
import type { Labels } from '../series/label-rules.ts'
import { NO_SHARE, type Series, type Share } from '../series/series.ts'
import type { PageMeter } from './page-meter.ts'
import { servicePage } from './service-page.ts'

/** Makes a metric's instruments; what it returns gives a series its share of them. */
export type Define = (meter: PageMeter) => MakeShare
type MakeShare = (attributes: Attributes, series: Series) => Share

/** What is published of a metric. */
export interface Published {
  readonly name: string
  /** Two metrics of one name that say the same here are the same on the page. */
  readonly signature: string
  readonly series: Iterable<Series>
  /** Undefined: it is not on the page. */
  readonly define: Define | undefined
  collect(): void | Promise<void>
}

interface Holder {
  readonly defaultLabels: Labels
}

/** One metric on the service's page: there for as long as a registry has it and no other metric has its name. */
export class Publication {
  readonly published: Published
  /** When `collect` is to be called next, by `performance.now()`. */
  dueMs: number = Number.POSITIVE_INFINITY
  readonly #holders: Set<Holder> = new Set()
  #shareOf: MakeShare | undefined
  /** While `collect` runs: the shares as they were. What it resets and sets again shows when it is done. */
  #held: Map<Series, Share> | undefined
  #running = 0

  constructor(published: Published) {
    this.published = published
  }

  join(holder: Holder): void {
    if (this.published.define === undefined) return
    this.#holders.add(holder)
    if (this.#holders.size === 1) servicePage.add(this)
  }

  leave(holder: Holder): void {
    if (!this.#holders.delete(holder)) return
    // The default labels are those of the first.
    if (this.#holders.size > 0) return this.relabel()
    this.#forgetHeld()
    for (const series of this.published.series) takeBack(series)
    this.#shareOf = undefined
    servicePage.remove(this)
  }

  /** @param meter undefined: there is no page. */
  follow(meter: PageMeter | undefined): void {
    this.#shareOf = meter && this.published.define?.(meter)
    // Those of the provider before.
    if (this.#held !== undefined) this.#held = new Map()
    for (const series of this.published.series) {
      series.share = NO_SHARE
      this.share(series)
    }
  }

  /** Shows everything anew, under the default labels of now. */
  relabel(): void {
    this.#forgetHeld()
    for (const series of this.published.series) {
      takeBack(series)
      this.share(series)
    }
  }

  /** Shows a series that has become live. */
  share(series: Series): void {
    if (this.#shareOf === undefined || this.#held !== undefined) return
    series.share = this.#shareOf(this.#attributesOf(series.labels), series)
    series.share.replace(series.values())
  }

  /** Runs `collect` while the page stays as it is. What it throws or rejects with is the caller's. */
  withhold(collect: () => void | Promise<void>): void | Promise<void> {
    this.#hold()
    let isHeld = true
    const release = (): void => {
      if (isHeld) this.#release()
      isHeld = false
    }
    try {
      const result: unknown = collect()
      if (!isThenable(result)) return release()
      // Whoever collects for longer has the page show what there is.
      const timer = realTimeout(release, MAX_ANSWER_MS)
      timer.unref()
      return Promise.resolve(result as PromiseLike<void>).finally(() => {
        clearTimeout(timer)
        release()
      })
    } catch (error) {
      release()
      throw error
    }
  }

  /** What is held is no longer what is to be shown again. */
  #forgetHeld(): void {
    if (this.#held === undefined) return
    for (const share of this.#held.values()) share.replace()
    this.#held = new Map()
  }

  #hold(): void {
    if (this.#running++ > 0 || this.#shareOf === undefined) return
    this.#held = new Map()
    for (const series of this.published.series) {
      this.#held.set(series, series.share)
      series.share = NO_SHARE
    }
  }

  #release(): void {
    const held = this.#held
    if (--this.#running > 0 || held === undefined) return
    this.#held = undefined
    for (const [series, share] of held) {
      if (series.isLive) series.share = share
      else share.replace()
    }
    for (const series of this.published.series) {
      if (series.share === NO_SHARE) this.share(series)
      else series.share.replace(series.values())
    }
  }

  #attributesOf(labels: Labels): Attributes {
    const [holder] = this.#holders
    const attributes: Attributes = {}
    for (const [name, value] of Object.entries({ ...holder?.defaultLabels, ...labels })) {
      if (value !== undefined) attributes[name] = String(value)
    }
    return attributes
  }
}

function takeBack(series: Series): void {
  series.share.replace()
  series.share = NO_SHARE
}
