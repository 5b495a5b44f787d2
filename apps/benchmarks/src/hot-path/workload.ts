/**
 * What every peer is asked to record. The values are made at run time and read through a shuffled order, so that no
 * compiler can fold them, and each call builds a fresh attributes object as an app does.
 */
export interface Labels {
  method: string
  route: string
  status: number
}

export const operations = ['counter', 'histogram', 'exponential', 'boundCounter', 'boundHistogram'] as const
export type Operation = (typeof operations)[number]

export const titles: Record<Operation, string> = {
  counter: 'counter, three attributes',
  histogram: 'histogram, three attributes',
  exponential: 'exponential histogram, three attributes',
  boundCounter: 'counter, bound',
  boundHistogram: 'histogram, bound',
}

/** How many entries `order` and `values` have; indexes wrap by this mask. */
export const wrap = 4095

const nextRandom = randomNumbers(20_240)
const methods = ['GET', 'POST', 'PUT', 'DELETE']
const resources = ['users', 'deployments', 'rings', 'orders']
const statuses = [200, 201, 404, 500]

export const labelSets: Labels[] = Array.from({ length: 64 }, (_, index) => ({
  method: methods[index & 3],
  route: ['', 'api', `v${1 + (index % 3)}`, resources[(index >> 2) & 3], `part-${index >> 2}`, ':id'].join(
    '/',
  ),
  status: statuses[(index * 7 + (index >> 3)) & 3],
}))

/** Which set each call uses. */
export const order: Uint8Array = Uint8Array.from({ length: wrap + 1 }, () => Math.floor(nextRandom() * 64))

/** Spread over all buckets; multiples of 1/8, so that sums are exact in whatever order they are made. */
export const values: Float64Array = Float64Array.from({ length: wrap + 1 }, () =>
  Math.max(0.125, Math.round(Math.exp(nextRandom() * 9.6) * 8) / 8),
)

/** Attributes of other shapes and sizes, for instruments that were used before the measured ones. */
export const otherShapes: ((value: string, count: number) => Record<string, string | number>)[] = [
  () => ({}),
  value => ({ queue: value }),
  (value, count) => ({ ring: value, attempt: count }),
  value => ({ operation: value, table: 'deployments', outcome: 'ok' }),
  (value, count) => ({ command: value, shard: count, outcome: 'hit', client: 'main' }),
  (value, count) => ({
    system: 'postgresql',
    operation: value,
    host: 'db',
    port: 5432,
    pool: 'main',
    attempt: count,
  }),
]

/** A linear congruential generator: the same numbers in every process and every run. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) / 2 ** 24
  }
}
