// Every line that is expected to be an error is proven to be one by test/types.test.ts, which takes the words away.
import { expect } from 'vitest'
import {
  counter,
  defineCatalog,
  freeText,
  gauge,
  histogram,
  job,
  operation,
  pool,
  queue,
  ratio,
  stateSet,
} from '../../src/index.ts'
import '../../src/testing/vitest.ts'

const labels = { ring: ['canary', 'all'], attempt: [1, 2], dry: [true, false], host: freeText() } as const
const metrics = defineCatalog(
  { name: 'types' },
  {
    plain: counter({ name: 'plain', description: 'No labels.' }),
    labeled: counter({
      name: 'labeled',
      description: 'Labels.',
      labels: { ring: ['canary', 'all'], host: freeText() },
    }),
    spread: counter({ name: 'spread', description: 'Labels that are shared.', labels }),
    size: histogram({ name: 'size', description: 'Size.', unit: 'By', labels: { format: ['csv'] } }),
    level: gauge({ name: 'level', description: 'Level.', labels: { format: ['csv'] } }),
    runs: operation({
      name: 'run',
      description: 'Runs.',
      labels: { ring: ['canary'] },
      outcomes: ['cancelled'],
    }),
    jobs: job({ name: 'job', description: 'Jobs.' }),
    breaker: stateSet({
      name: 'breaker',
      description: 'Breaker.',
      states: ['open', 'closed'],
      initial: 'closed',
    }),
    pool: pool({ name: 'pool', description: 'Pool.' }),
    queue: queue({ name: 'queue', description: 'Queue.', labels: { queue: ['a'] } }),
    gates: ratio({ name: 'gate', description: 'Gates.' }),
  },
)

export function allowed(): void {
  metrics.plain.add(1)
  metrics.labeled.add(1, { ring: 'canary', host: 'any' })
  metrics.spread.add(1, { ring: 'all', attempt: 1, dry: false, host: 'x' })
  metrics.size.with({ format: 'csv' }).record(1)
  metrics.level.observe(() => [[1, { format: 'csv' }]])
  const sum: number = metrics.runs.run({ ring: 'canary' }, () => 1)
  const text: Promise<string> = metrics.runs.run({ ring: 'canary' }, async run => {
    run.end('cancelled')
    return String(sum)
  })
  const wrapped: (a: number) => string = metrics.runs.wrap({ ring: 'canary' }, (a: number) => String(a))
  metrics.jobs.run(async run => run.processed((await text).length + wrapped(1).length))
  metrics.breaker.set('open')
  metrics.queue.observe({ queue: 'a' }, async () => ({ depth: 1 }))
  metrics.gates.success()
  expect(metrics.labeled).toHaveRecorded(1, { ring: 'canary' })
  expect(metrics.runs).toHaveRecorded(1, { outcome: 'cancelled' })
}

export function refused(): void {
  // @ts-expect-error a metric without labels takes none
  metrics.plain.add(1, { ring: 'canary' })
  // @ts-expect-error labels are not left out
  metrics.labeled.add(1)
  // @ts-expect-error one label is missing
  metrics.labeled.add(1, { ring: 'canary' })
  // @ts-expect-error not a listed value
  metrics.labeled.add(1, { ring: 'canari', host: 'x' })
  // @ts-expect-error one label too many
  metrics.labeled.add(1, { ring: 'canary', host: 'x', user: 'y' })
  // @ts-expect-error free text is text
  metrics.labeled.add(1, { ring: 'canary', host: 7 })
  // @ts-expect-error a number that is not listed
  metrics.spread.add(1, { ring: 'all', attempt: 3, dry: true, host: 'x' })
  // @ts-expect-error a text where a number is listed
  metrics.spread.add(1, { ring: 'all', attempt: '1', dry: true, host: 'x' })
  // @ts-expect-error a counter has no set
  metrics.plain.set(1)
  // @ts-expect-error a value is a number
  metrics.size.record('1', { format: 'csv' })
  // @ts-expect-error labels of what is observed are typed, too
  metrics.level.observe(() => [[1, { format: 'xml' }]])
  // @ts-expect-error labels of a run
  metrics.runs.run({ ring: 'all' }, () => 1)
  // @ts-expect-error a run without its labels
  metrics.runs.run(() => 1)
  // @ts-expect-error an outcome that is not listed
  metrics.runs.start({ ring: 'canary' }).end('skipped')
  const ringOf = (ring: number) => ({ ring })
  // @ts-expect-error labels that a function makes
  metrics.runs.wrap(ringOf, (ring: number) => ring)
  // @ts-expect-error a state that is not listed
  metrics.breaker.set('ajar')
  // @ts-expect-error a level that a pool has not
  metrics.pool.set({ connections: 1 })
  // @ts-expect-error a queue that is not listed
  metrics.queue.set({ depth: 1 }, { queue: 'b' })
  // @ts-expect-error the first state is one of the states
  stateSet({ name: 'x', description: 'X.', states: ['open'], initial: 'ajar' })
  // @ts-expect-error a description is not left out
  counter({ name: 'x' })
  // @ts-expect-error a part that the shape has not
  operation({ name: 'x', description: 'X.', names: { totals: 'y' } })
  // @ts-expect-error no metric of this catalog
  metrics.orders
  // @ts-expect-error a catalog can't be changed
  metrics.plain = metrics.labeled
  // @ts-expect-error a matcher knows the labels
  expect(metrics.labeled).toHaveRecorded(1, { ring: 'canari' })
}
