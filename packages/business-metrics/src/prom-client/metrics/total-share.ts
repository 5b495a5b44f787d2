import type { Share } from '../series/series.ts'

/** A gauge's share that is told what to add says the whole. */
export function totalShare(share: Share): Share {
  let total = 0
  return {
    add: value => {
      total += value
      share.record(total)
    },
    record: share.record,
    replace: values => {
      total = values?.[0] ?? 0
      share.replace(values)
    },
  }
}
