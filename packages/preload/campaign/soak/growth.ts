/** What was measured at one moment, by name: `worker heapBytes`. */
export type Sample = Record<string, number>

/** A measure that grew, and a line with its figures. */
export interface Growth {
  name: string
  line: string
}

/** A measure may be this much higher at the end than in the middle: a share of it, and a number of its own unit. */
interface Allowance {
  share: number
  amount: number
}

const allowances: [RegExp, Allowance][] = [
  // What a garbage collection leaves differs by what was compiled meanwhile.
  [/ heapBytes$/, { share: 0.03, amount: 300_000 }],
  // Collected when the thread likes, so the lowest of several is taken, and more is allowed.
  [/ exposerHeapBytes$/, { share: 0.1, amount: 2_000_000 }],
  [/ arrayBufferBytes$/, { share: 0.03, amount: 300_000 }],
  [/ residentBytes$/, { share: 0.1, amount: 8_000_000 }],
  // Connections and timers that happen to be open at the moment.
  [/ handleCount$/, { share: 0, amount: 4 }],
  [/ descriptorCount$/, { share: 0, amount: 4 }],
  // V8's heap is now in more of them, now in fewer. A leak of one a thread is 32 in a third of a day.
  [/ mappingCount$/, { share: 0, amount: 25 }],
  [/ segmentMappingCount$/, { share: 0, amount: 2 }],
  [/^directory fileCount$/, { share: 0, amount: 3 }],
  [/^directory bytes$/, { share: 0, amount: 400_000 }],
  [/^page bytes$/, { share: 0.02, amount: 2_000 }],
]

/**
 * Compares the plateau in the middle with the one at the end, each by its lowest values: whatever leaks lifts the
 * lowest, too. The first third, in which code is compiled and caches fill, does not count.
 *
 * @returns the measures that grew, and how many were looked at.
 */
export function findGrowth(samples: Sample[]): { growths: Growth[]; measureCount: number } {
  const third = Math.floor(samples.length / 3)
  const middle = samples.slice(third, 2 * third)
  const end = samples.slice(-third)
  const growths: Growth[] = []
  const names = Object.keys(samples[0] ?? {})
  for (const name of names) {
    const [before, after] = [lowest(middle, name), lowest(end, name)]
    const { share, amount } = allowances.find(([pattern]) => pattern.test(name))![1]
    const limit = before + Math.max(before * share, amount)
    if (after <= limit) continue
    growths.push({ name, line: `${name} grew from ${before} to ${after}, ${Math.round(limit)} allowed` })
  }
  return { growths, measureCount: names.length }
}

function lowest(samples: Sample[], name: string): number {
  return Math.min(...samples.map(sample => sample[name] ?? Number.POSITIVE_INFINITY))
}
