import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Source } from '../../src/merge/arrivals.ts'
import { exponentialHistogramAt } from '../../src/merge/exponential-histogram.ts'
import { MergedStream } from '../../src/merge/merged-stream.ts'
import { type Aggregation, firstCells } from '../../src/segment/aggregation.ts'
import { isReplaced, MERGE_POLICIES, type Merging, whyUnfit } from '../../src/segment/merge-policy.ts'
import {
  defaultMerge,
  type InstrumentKind,
  isObservable,
  type StreamDefinition,
} from '../../src/segment/stream.ts'
import { ExponentialSeries } from '../../src/series/exponential-series.ts'
import { Measuring } from '../../src/series/measuring.ts'
import { total } from './total.ts'

const MEASURING = new Measuring({ signed: true, integer: false, reject: () => {}, now: () => 0 })

function define(
  kind: InstrumentKind,
  aggregation: Aggregation,
  merging: Merging = defaultMerge(kind),
): StreamDefinition {
  const scope = { name: 'test', version: '', schemaUrl: '' }
  return {
    scope,
    name: 'a',
    unit: '',
    kind,
    description: '',
    integer: false,
    aggregation,
    ...merging,
  }
}

const BY_DEFAULT: [string, StreamDefinition][] = [
  ['a counter', define('COUNTER', { type: 'sum' })],
  ['an up-down counter', define('UP_DOWN_COUNTER', { type: 'sum' })],
  ['an observable counter', define('OBSERVABLE_COUNTER', { type: 'sum' })],
  ['a gauge', define('GAUGE', { type: 'lastValue' })],
  ['an observable gauge', define('OBSERVABLE_GAUGE', { type: 'lastValue' })],
  ['a histogram', define('HISTOGRAM', { type: 'explicitBuckets', boundaries: [1, 10], recordMinMax: true })],
  [
    'an exponential histogram',
    define('HISTOGRAM', { type: 'exponentialBuckets', maxSize: 8, negative: true, recordMinMax: true }),
  ],
]
/** Every kind of stream with every merging that it can have. */
const DEFINITIONS = BY_DEFAULT.flatMap(([what, definition]) => {
  const mergings = MERGE_POLICIES.flatMap(merge => [true, false].map(keepDead => ({ merge, keepDead })))
  return mergings
    .filter(merging => whyUnfit(definition, merging) === undefined)
    .map((merging): [string, StreamDefinition] => [
      `${what}, ${merging.merge}${merging.keepDead ? ' with the dead' : ''}`,
      { ...definition, ...merging },
    ])
})
const KEEPING = DEFINITIONS.filter(([, definition]) => definition.keepDead)

interface WrittenSeries {
  text: string
  cells: number[]
  worker?: number
}

interface Written {
  worker: number
  series: WrittenSeries[]
  isLedger?: boolean
}

/** The cells of one series, as a writer may have left them. */
function cellsOf({ aggregation, kind }: StreamDefinition): fc.Arbitrary<number[]> {
  const finite = fc.double({ min: 0, max: 1e12, noNaN: true })
  // What an observable did not observe any more.
  const float = isObservable(kind)
    ? fc.oneof({ weight: 4, arbitrary: finite }, fc.constant(Number.NaN))
    : finite
  switch (aggregation.type) {
    case 'sum':
      return fc.tuple(float)
    case 'lastValue':
      return fc.tuple(float, fc.nat(1_000))
    case 'explicitBuckets':
      return fc.tuple(...aggregation.boundaries.map(() => fc.nat()), fc.nat(), float, float, float)
    case 'exponentialBuckets': {
      const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), {
        maxLength: 20,
      })
      return values.map(recorded => {
        const series = new ExponentialSeries(
          '',
          { cells: firstCells(aggregation, false), slot: 0 },
          aggregation,
          MEASURING,
        )
        for (const value of recorded) series.record(value)
        return [...series.cells]
      })
    }
  }
}

/** What a writer may hold: for each of a few attribute sets, cells. */
function writer(definition: StreamDefinition): fc.Arbitrary<Written> {
  const cells = cellsOf(definition)
  const texts = fc.uniqueArray(fc.constantFrom('[["k","a"]]', '[["k","b"]]', '[["k","c"]]', '[]'))
  const series = texts.chain(chosen =>
    fc.tuple(...chosen.map(text => cells.map(each => ({ text, cells: each })))),
  )
  return fc.record({ worker: fc.nat(6), series })
}

/** Some writers. A number is only used again when its last writer is folded. */
function writersOf(definition: StreamDefinition): fc.Arbitrary<Written[]> {
  return fc.uniqueArray(writer(definition), { maxLength: 6, selector: ({ worker }) => worker })
}

function sourceOf(written: Written): Source {
  return { worker: written.worker, cells: Float64Array.from(written.series.flatMap(each => each.cells)) }
}

/** Merges the writers in the order given, and adds them up so many times. */
function merge(definition: StreamDefinition, writers: Written[], times = 1): MergedStream {
  const stream = new MergedStream(definition)
  const sources = writers.map(sourceOf)
  for (const [index, written] of writers.entries()) {
    let slot = 0
    const origin = { isLedger: written.isLedger === true, limit: undefined }
    for (const { text, cells, worker } of written.series) {
      stream.link(sources[index], { text, slot, cellCount: cells.length, worker }, origin)
      slot += cells.length
    }
  }
  for (let time = 0; time < times; time++) total(stream, sources)
  return stream
}

/** What the merged cells say, by series, as exact as they are kept. */
function result(stream: MergedStream): Record<string, unknown> {
  const { cellCount, totals, definition } = stream
  const { aggregation } = definition
  const entries = stream.series.map((series, index) => {
    const cells = totals.slice(index * cellCount, (index + 1) * cellCount)
    const isExponential = aggregation.type === 'exponentialBuckets'
    return [series!.key, isExponential ? exponentialHistogramAt(cells, 0, aggregation) : [...cells]] as const
  })
  // What nobody says is not on the page.
  const present = entries.filter(([, value]) => !(Array.isArray(value) && Number.isNaN(value[0])))
  return Object.fromEntries(present.sort())
}

/** A merge's result as a writer: what the ledger holds. */
function folded(stream: MergedStream): Written {
  const series = stream.series.flatMap((each, index) => {
    const cells = stream.cellsForLedger(index)
    return cells === undefined ? [] : { text: each!.text, cells: [...cells], worker: each!.worker }
  })
  return { worker: 0, series, isLedger: true }
}

test.each(DEFINITIONS)('%s: merging does not depend on the order of the writers', (_, definition) => {
  fc.assert(
    fc.property(writersOf(definition), writers => {
      expect(result(merge(definition, writers.toReversed()))).toEqual(result(merge(definition, writers)))
    }),
  )
})

test.each(KEEPING)('%s: folding some writers first changes nothing, to the last digit', (_, definition) => {
  fc.assert(
    fc.property(writersOf(definition), fc.nat(6), fc.nat(6), (writers, one, two) => {
      const [first, second] = [Math.min(one, two), Math.max(one, two)]
      const once = folded(merge(definition, writers.slice(0, first)))
      const twice = folded(merge(definition, [once, ...writers.slice(first, second)]))
      expect(result(merge(definition, [twice, ...writers.slice(second)]))).toEqual(
        result(merge(definition, writers)),
      )
    }),
  )
})

test.each(DEFINITIONS)('%s: totalling again changes nothing', (_, definition) => {
  fc.assert(
    fc.property(writersOf(definition), writers => {
      expect(result(merge(definition, writers, 2))).toEqual(result(merge(definition, writers)))
    }),
  )
})

test('a counter that grows anywhere never falls on the page, folded or not, whatever the digits', () => {
  const definition = define('COUNTER', { type: 'sum' })
  const amounts = fc.array(fc.tuple(fc.nat(4), fc.double({ min: 0, max: 1e6, noNaN: true }), fc.boolean()), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(amounts, steps => {
      let living: Written[] = []
      let ledger = folded(merge(definition, []))
      let last = 0
      for (const [worker, amount, dies] of steps) {
        const found = living.find(each => each.worker === worker)
        if (found === undefined) living.push({ worker, series: [{ text: '[]', cells: [amount] }] })
        else found.series[0].cells[0] += amount
        if (dies) {
          const dead = living.filter(each => each.worker === worker)
          living = living.filter(each => each.worker !== worker)
          ledger = folded(merge(definition, [ledger, ...dead]))
        }
        const total = merge(definition, [ledger, ...living]).totals[0] || 0
        expect(total).toBeGreaterThanOrEqual(last)
        last = total
      }
    }),
  )
})

test.each(KEEPING.filter(([, definition]) => isReplaced(definition)))(
  '%s: the values of a dead writer stay until its number is used again, and go as a whole',
  (_, definition) => {
    fc.assert(
      fc.property(fc.array(writer(definition), { maxLength: 8 }), writers => {
        let ledger: Written = { worker: 0, series: [], isLedger: true }
        const latest = new Map<number, Written>()
        for (const written of writers) {
          if (written.series.length > 0) latest.set(written.worker, written)
          const living = merge(definition, [ledger, written])
          expect(result(living)).toMatchObject(result(merge(definition, [...latest.values()])))
          ledger = folded(living)
        }
        expect(result(merge(definition, [ledger]))).toEqual(result(merge(definition, [...latest.values()])))
      }),
    )
  },
)
