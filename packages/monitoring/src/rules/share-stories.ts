import { type Alert, growing } from './alert.ts'
import { humanizedPercentage } from './humanize.ts'

type Stories = Pick<Alert, 'firing' | 'quiet'>

interface Told {
  /** What its expression says beside the job. */
  readonly labels?: Readonly<Record<string, string>>
  readonly atMinutes?: number
}

type SeriesOfShare = (share: number) => Readonly<Record<string, string>>

/** The stories of an alert that fires when a share is above its limit. */
export function aboveLimit(limit: number, series: SeriesOfShare, told: Told = {}): Stories {
  return stories(between(limit, 1), between(0, limit), series, told)
}

/** The same where more is better. */
export function belowLimit(limit: number, series: SeriesOfShare, told: Told = {}): Stories {
  return stories(between(0, limit), between(limit, 1), series, told)
}

/** Ten thousand events a minute, such a share of each kind. */
export function events(
  shares: Readonly<Record<string, number>>,
  seriesOf: (kind: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(shares).map(([kind, share]) => [seriesOf(kind), growing(Math.round(share * 1e4))]),
  )
}

function stories(
  firing: number,
  quiet: number,
  series: SeriesOfShare,
  { labels = {}, atMinutes = 20 }: Told,
): Stories {
  return {
    firing: { series: series(firing), atMinutes, labels, value: humanizedPercentage(firing) },
    quiet: { series: series(quiet), atMinutes },
  }
}

/** Halfway, in ten thousandths. */
function between(from: number, to: number): number {
  return Math.round(((from + to) / 2) * 1e4) / 1e4
}
