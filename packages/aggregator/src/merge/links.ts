/** Which of a segment's series belong to which of ours: `from` and `to` are indexes of first cells. */
export interface Link {
  readonly from: number[]
  readonly to: number[]
  /** Whether cells follow that only a ledger has: what rounding lost, and how many values an average is of. */
  readonly exact: boolean
}

/** A link with what unlinking and hiding need to know of it. */
export interface SourceLink extends Link {
  readonly isLedger: boolean
  /** Series of the segment that are counted together with others, not shown on their own. */
  readonly joined: string[]
  /** Ledger: whose value each is, where values are kept per worker. */
  readonly workers: number[]
}

/** The part of a ledger's link whose worker numbers nobody has taken over. */
export function withoutWorkers(link: SourceLink, taken: ReadonlySet<number>): Link {
  const kept = link.from.map((_, each) => each).filter(each => !taken.has(link.workers[each]))
  return {
    from: kept.map(each => link.from[each]),
    to: kept.map(each => link.to[each]),
    exact: link.exact,
  }
}
