import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MergedStream, type Source } from '../../src/merge/merged-stream.ts'
import {
  cellRoles,
  defaultMerge,
  type InstrumentKind,
  type StreamDefinition,
} from '../../src/segment/stream.ts'

const KINDS: InstrumentKind[] = [
  'COUNTER',
  'UP_DOWN_COUNTER',
  'HISTOGRAM',
  'GAUGE',
  'OBSERVABLE_COUNTER',
  'OBSERVABLE_GAUGE',
]

function define(kind: InstrumentKind): StreamDefinition {
  const scope = { name: 'test', version: '', schemaUrl: '' }
  const boundaries = kind === 'HISTOGRAM' ? [1, 10] : []
  return {
    scope,
    name: 'a',
    unit: '',
    kind,
    description: '',
    integer: false,
    boundaries,
    ...defaultMerge(kind),
  }
}

interface WrittenSeries {
  text: string
  cells: number[]
}

/** What a writer may hold: for each of a few attribute sets, cells of the right roles. */
function writer(definition: StreamDefinition): fc.Arbitrary<{ worker: number; series: WrittenSeries[] }> {
  const float = fc.double({ min: 0, max: 1e12, noNaN: true })
  const cell = { count: fc.nat(), sum: float, min: float, max: float, last: float, time: fc.nat(1_000) }
  const cells = fc.tuple(...cellRoles(definition).map(role => cell[role]))
  const texts = fc.uniqueArray(fc.constantFrom('[["k","a"]]', '[["k","b"]]', '[["k","c"]]', '[]'))
  const series = texts.chain(chosen =>
    fc.tuple(...chosen.map(text => cells.map(each => ({ text, cells: each })))),
  )
  return fc.record({ worker: fc.nat(3), series })
}

function sourceOf(written: { worker: number; series: WrittenSeries[] }): Source {
  return { worker: written.worker, cells: Float64Array.from(written.series.flatMap(each => each.cells)) }
}

/** Merges the writers in the order given; with `ledger`, those go in as the result of a merge of their own. */
function merge(
  definition: StreamDefinition,
  writers: { worker: number; series: WrittenSeries[] }[],
): MergedStream {
  const stream = new MergedStream(definition)
  for (const written of writers) {
    const source = sourceOf(written)
    let slot = 0
    for (const { text, cells } of written.series) {
      stream.link(source, { text, slot, cellCount: cells.length })
      slot += cells.length
    }
  }
  stream.total()
  return stream
}

/** The merged cells by series, as exact as they are kept. */
function result(stream: MergedStream): Record<string, number[]> {
  const { cellCount, totals } = stream
  const entries = stream.series.map((series, index) => [
    series!.key,
    [...totals.slice(index * cellCount, (index + 1) * cellCount)],
  ])
  return Object.fromEntries(entries.sort())
}

/** A merge's result as a writer: what the ledger holds. */
function folded(stream: MergedStream): { worker: number; series: WrittenSeries[] } {
  const { cellCount, totals, lows, definition } = stream
  const hasSum = cellRoles(definition).includes('sum')
  const series = stream.series.map((each, index) => {
    const cells = [...totals.slice(index * cellCount, (index + 1) * cellCount)]
    return { text: each!.text, cells: hasSum ? [...cells, lows[index]] : cells }
  })
  return { worker: 0, series }
}

test.each(KINDS)('%s: merging does not depend on the order of the writers', kind => {
  const definition = define(kind)
  fc.assert(
    fc.property(fc.array(writer(definition), { maxLength: 6 }), writers => {
      expect(result(merge(definition, writers.toReversed()))).toEqual(result(merge(definition, writers)))
    }),
  )
})

test.each(KINDS.filter(kind => defaultMerge(kind).keepDead))(
  '%s: folding some writers first changes nothing, to the last digit',
  kind => {
    const definition = define(kind)
    fc.assert(
      fc.property(
        fc.array(writer(definition), { maxLength: 6 }),
        fc.nat(6),
        fc.nat(6),
        (writers, one, two) => {
          const [first, second] = [Math.min(one, two), Math.max(one, two)]
          const once = folded(merge(definition, writers.slice(0, first)))
          const twice = folded(merge(definition, [once, ...writers.slice(first, second)]))
          expect(result(merge(definition, [twice, ...writers.slice(second)]))).toEqual(
            result(merge(definition, writers)),
          )
        },
      ),
    )
  },
)

test.each(KINDS)('%s: totalling again changes nothing', kind => {
  const definition = define(kind)
  fc.assert(
    fc.property(fc.array(writer(definition), { maxLength: 6 }), writers => {
      const stream = merge(definition, writers)
      const before = result(stream)
      stream.total()
      expect(result(stream)).toEqual(before)
    }),
  )
})

test('a counter that grows anywhere never falls on the page, folded or not, whatever the digits', () => {
  const definition = define('COUNTER')
  const amounts = fc.array(fc.tuple(fc.nat(4), fc.double({ min: 0, max: 1e6, noNaN: true }), fc.boolean()), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(amounts, steps => {
      let living: { worker: number; series: WrittenSeries[] }[] = []
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
        const total = result(merge(definition, [ledger, ...living]))['[]'][0]
        expect(total).toBeGreaterThanOrEqual(last)
        last = total
      }
    }),
  )
})
