import type { Labels } from './label-rules.ts'

/** This process' share of one series on the service's page. */
export interface Share {
  add(value: number): void
  record(value: number): void
  /** Puts other values in place of all that was said; without any the share is taken back. */
  replace(values?: ArrayLike<number>): void
}

/** Where there is no page. */
export const NO_SHARE: Share = { add() {}, record() {}, replace() {} }

/**
 * One set of labels of one metric. It is live once there is something to show; a metric's `reset` and `remove` end that,
 * and who holds on to it (what `labels()` has returned) wakes it again.
 */
export abstract class Series {
  readonly labels: Labels
  isLive: boolean = false
  /** Removed: another one may have taken its place. */
  isGone: boolean = false
  share: Share = NO_SHARE
  /** What `labels()` returns, made once. */
  child: unknown
  /** Its labels as they stand on a page of no default labels; made when first shown. */
  text: string | undefined

  constructor(labels: Labels) {
    this.labels = labels
  }

  /** As if nothing had ever been recorded. */
  abstract clear(): void

  /** All that has been recorded, in the form of {@link Share.replace}; undefined: nothing that a page could show. */
  abstract values(): ArrayLike<number> | undefined
}
