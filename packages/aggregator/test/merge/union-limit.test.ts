import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LivePage } from '../../src/exposition/live-page.ts'
import { PLAIN_TEXT } from '../../src/exposition/negotiate.ts'
import { SharedMeterProvider } from '../../src/instrument/shared-meter-provider.ts'
import { foldDead } from '../../src/ledger/fold.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { requireLibc } from '../libc.ts'
import { parsePlainly } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const OVERFLOW = 'orders_total{otel_metric_overflow="true"}'
const libc = requireLibc()

/** A run with any number of writers in this process, and pages of it. */
function run(limit: number) {
  const directory = temporaryDirectory()
  const warn = () => {}
  const keeper = new SharedMeterProvider({ directory, warn })
  const living: SharedMeterProvider[] = []
  const folder = new DirectoryReader(directory)
  const readers = [folder]
  const warnings: string[] = []
  return {
    warnings,
    write(writer: number, id: string) {
      living[writer] ??= new SharedMeterProvider({ directory, warn, cardinalityLimit: limit })
      const meter = living[writer].getMeter('test')
      meter.createCounter('orders').add(1, { id, kind: 'any' })
      meter.createHistogram('sizes', { advice: { explicitBucketBoundaries: [] } }).record(1, { id })
    },
    async die(writer: number) {
      await living[writer]?.shutdown()
      delete living[writer]
    },
    fold: () => foldDead(folder, libc),
    /** Reads page after page, as an exposer that is there from now on. */
    reader() {
      const files = new DirectoryReader(directory)
      readers.push(files)
      const page = new LivePage(files, { warn: line => warnings.push(line) })
      return () => {
        page.update()
        return parsePlainly(page.write(PLAIN_TEXT).toString())
      }
    },
    async end() {
      for (const provider of [keeper, ...living]) await provider?.shutdown()
      for (const each of readers) each.close()
    },
  }
}

const orders = (samples: Record<string, number>) =>
  Object.entries(samples).filter(([name]) => name.startsWith('orders_total'))
const total = (samples: Record<string, number>) => orders(samples).reduce((sum, [, value]) => sum + value, 0)

test('the limit holds for all workers together: the first series stay, the others are counted together', async () => {
  const { write, reader, end, warnings } = run(4)
  for (const id of ['a', 'b']) write(0, id)
  for (const id of ['b', 'c', 'd']) write(1, id)
  for (const id of ['e', 'd', 'a']) write(0, id)
  const samples = reader()()
  expect(Object.fromEntries(orders(samples))).toEqual({
    'orders_total{id="a",kind="any"}': 2,
    'orders_total{id="b",kind="any"}': 2,
    'orders_total{id="c",kind="any"}': 1,
    // d of both workers, for which the first had no series left itself, and e.
    [OVERFLOW]: 3,
  })
  expect(samples['tutti_overflow_series{instrument="orders"}']).toBe(2)
  expect(warnings).toHaveLength(2)
  expect(warnings[0]).toBe(
    'orders has more than 4 series over all workers: further sets of attributes are counted together under ' +
      'otel.metric.overflow="true". The attribute with the most values is "id" (3 of them). Leave out what holds an ' +
      'id, or raise the limit with TUTTI_CARDINALITY_LIMIT.',
  )
  await end()
})

/** What may happen in a run: somebody counts, dies, the dead are folded, a reader comes. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ writer: fc.nat(3), id: fc.constantFrom(...'abcdefgh') }) },
  { weight: 2, arbitrary: fc.record({ dies: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.constant({ folds: true as const }) },
  { weight: 1, arbitrary: fc.constant({ reader: true as const }) },
)

test('over the limit nothing is lost, counted twice or ever falls, and every reader reads the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), async steps => {
      const { write, die, fold, reader, end } = run(4)
      let readers = [reader()]
      let counted = 0
      let last: Record<string, number> = {}
      for (const each of steps) {
        if ('id' in each) {
          write(each.writer, each.id)
          counted++
        } else if ('dies' in each) await die(each.dies)
        else if ('folds' in each) fold()
        // The oldest reader of three is gone: an exposer was taken over.
        else readers = [...readers.slice(-2), reader()]

        const pages = readers.map(read => Object.fromEntries(orders(read())))
        for (const page of pages) expect(page).toEqual(pages[0])
        const [page] = pages
        expect(total(page)).toBe(counted)
        expect(Object.keys(page).length).toBeLessThanOrEqual(4)
        for (const [name, value] of Object.entries(last)) expect(page[name]).toBeGreaterThanOrEqual(value)
        last = page
      }
      fold()
      expect(Object.fromEntries(orders(reader()()))).toEqual(last)
      await end()
    }),
    { numRuns: 200 },
  )
}, 600_000)
