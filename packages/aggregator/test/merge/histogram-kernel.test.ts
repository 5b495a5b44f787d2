import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { compileKernel } from '../../compile-kernel.mjs'
import { addHistograms } from '../../src/merge/add.ts'
import { type Adding, addByKernel } from '../../src/merge/histogram-kernel.ts'
import { PIECE_SERIES } from '../../src/merge/pieces.ts'
import type { MergedCells } from '../../src/merge/totals.ts'

const SERIES = 5
/** What a good, a torn and a damaged file may hold. */
const CELL = fc.oneof(
  { weight: 4, arbitrary: fc.nat() },
  fc.constantFrom(2 ** 50, 2 ** 50 + 1, 0, -0, -1, 0.5, 1e300, Number.MIN_VALUE),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  fc.double(),
)

/** Segments that have some of the series, in any order, some of them twice, with other cells in between. */
function segments(cellCount: number): fc.Arbitrary<Adding[]> {
  const segment = fc.boolean().chain(exact => {
    const length = cellCount + Number(exact)
    const series = fc.record({
      index: fc.nat(SERIES - 1),
      gap: fc.nat(3),
      cells: fc.array(CELL, { minLength: length, maxLength: length }),
    })
    return fc.tuple(fc.array(series, { maxLength: 8 }), fc.boolean()).map(([all, turned]) => {
      const cells: number[] = []
      const places = all.map(each => {
        cells.push(...new Array(each.gap).fill(7), ...each.cells)
        return { slot: cells.length - length, index: each.index }
      })
      if (turned) places.reverse()
      const from = places.map(({ slot }) => slot)
      const to = places.map(({ index }) => index * cellCount)
      return { cells: Float64Array.from(cells), link: { from, to, exact } }
    })
  })
  return fc.array(segment, { maxLength: 4 })
}

function emptyTotals(cellCount: number, seriesCount: number): MergedCells {
  const totals = new Float64Array(seriesCount * cellCount)
  for (let end = cellCount; end <= totals.length; end += cellCount) {
    totals.set([0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], end - 3)
  }
  return { cellCount, totals, lows: new Float64Array(seriesCount), counts: new Float64Array(0) }
}

test('adds to the same bits as the loop does, whatever the cells hold', () => {
  const cases = fc
    .integer({ min: 1, max: 6 })
    .chain(buckets => fc.tuple(fc.constant(buckets + 3), segments(buckets + 3)))
  fc.assert(
    fc.property(cases, ([cellCount, all]) => {
      const byLoop = emptyTotals(cellCount, SERIES)
      for (const { cells, link } of all) addHistograms(byLoop, cells, link)
      const byKernel = emptyTotals(cellCount, SERIES)
      expect(addByKernel(byKernel, SERIES, all, 0)).toBe(true)
      expect(byKernel).toEqual(byLoop)
    }),
    { numRuns: 3_000 },
  )
})

test('adds many series of any order in pieces, and those that appear later', () => {
  const count = 2 * PIECE_SERIES + 17
  const cellCount = 19
  const link = { from: [] as number[], to: [] as number[], exact: false }
  const cells = new Float64Array(2 * count * cellCount)
  for (const round of [1, 2]) {
    for (let series = (round - 1) * count; series < round * count; series++) {
      // Far from one another, as no writer of ours has them.
      link.from.push(((series * 7) % (2 * count)) * cellCount)
      link.to.push(series * cellCount)
    }
    cells.forEach((_, at) => {
      cells[at] = (at * round) % 97
    })
    const byLoop = emptyTotals(cellCount, 2 * count)
    addHistograms(byLoop, cells, link)
    addHistograms(byLoop, cells, link)
    const byKernel = emptyTotals(cellCount, 2 * count)
    const same = { cells, link }
    expect(addByKernel(byKernel, round * count, [same, same])).toBe(true)
    expect(byKernel).toEqual(byLoop)
  }
})

test('leaves what is not worth it, and what has too many series, to the loop', () => {
  const link = { from: [0], to: [0], exact: false }
  const cells = Float64Array.of(1, 2, 3, 4)
  const totals = emptyTotals(4, 1)
  expect(addByKernel(totals, 1, [{ cells, link }])).toBe(false)
  expect(addByKernel(totals, 3_000_000, [{ cells, link }], 0)).toBe(false)
  expect(totals).toEqual(emptyTotals(4, 1))
})

test('does without where there is no WebAssembly', async () => {
  vi.stubGlobal('WebAssembly', undefined)
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  vi.resetModules()
  const anew = await import('../../src/merge/histogram-kernel.ts')
  const totals = emptyTotals(4, 1)
  const link = { from: [0], to: [0], exact: false }
  expect(anew.addByKernel(totals, 1, [{ cells: Float64Array.of(1, 2, 3, 4), link }], 0)).toBe(false)
  expect(totals).toEqual(emptyTotals(4, 1))
})

test('is what its source compiles to', async () => {
  const file = new URL('../../src/merge/histogram-kernel-bytes.ts', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(await compileKernel())
})
