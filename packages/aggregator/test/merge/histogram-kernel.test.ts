import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { compileKernel } from '../../compile-kernel.mjs'
import { addHistograms } from '../../src/merge/add.ts'
import { KernelPass } from '../../src/merge/kernel-pass.ts'
import type { Link } from '../../src/merge/links.ts'
import type { MergedCells } from '../../src/merge/totals.ts'

const SERIES = 5
/** What a good, a torn and a damaged file may hold. */
const CELL = fc.oneof(
  { weight: 4, arbitrary: fc.nat() },
  fc.constantFrom(2 ** 50, 2 ** 50 + 1, 0, -0, -1, 0.5, 1e300, Number.MIN_VALUE),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  fc.double(),
)

interface Adding {
  readonly cells: Float64Array
  readonly link: Link
}

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

function added(all: readonly Adding[], stream: MergedCells): MergedCells {
  for (const { cells, link } of all) addHistograms(stream, cells, link)
  return stream
}

/** Several streams at once, as one pass adds them. */
function addedByKernel(all: readonly (readonly Adding[])[], streams: readonly MergedCells[]): void {
  const planned = streams.map((stream, index) => ({
    ...stream,
    seriesCount: stream.lows.length,
    addedCount: all[index].reduce((sum, { link }) => sum + link.from.length, 0),
  }))
  const largest = Math.max(0, ...all.flat().map(({ cells }) => cells.length))
  const pass = KernelPass.over(planned, largest, 0)!
  expect(planned.map(stream => pass.begin(stream))).toEqual(planned.map(() => true))
  all.forEach((adding, index) => {
    for (const { cells, link } of adding) pass.add(planned[index], cells, link)
  })
  for (const stream of planned) pass.end(stream)
}

test('adds to the same bits as the loop does, whatever the cells hold', () => {
  const stream = fc
    .integer({ min: 1, max: 6 })
    .chain(buckets => fc.tuple(fc.constant(buckets + 3), segments(buckets + 3)))
  fc.assert(
    fc.property(fc.array(stream, { minLength: 1, maxLength: 3 }), all => {
      const byKernel = all.map(([cellCount]) => emptyTotals(cellCount, SERIES))
      addedByKernel(
        all.map(([, adding]) => adding),
        byKernel,
      )
      expect(byKernel).toEqual(
        all.map(([cellCount, adding]) => added(adding, emptyTotals(cellCount, SERIES))),
      )
    }),
    { numRuns: 2_000 },
  )
})

test('adds series that appear later, and more than there was memory for', () => {
  const cellCount = 19
  const link = { from: [] as number[], to: [] as number[], exact: false }
  const cells = Float64Array.from({ length: 4_000 * cellCount }, (_, at) => at % 97)
  for (const count of [10, 4_000]) {
    while (link.from.length < count) {
      // Far from one another, as no writer of ours has them.
      link.from.push(((link.from.length * 7) % count) * cellCount)
      link.to.push(link.to.length * cellCount)
    }
    const all = [
      { cells, link },
      { cells, link },
    ]
    const byKernel = emptyTotals(cellCount, count)
    addedByKernel([all], [byKernel])
    expect(byKernel).toEqual(added(all, emptyTotals(cellCount, count)))
  }
})

test('is not used for little, nor for more than its memory may hold', () => {
  const stream = { ...emptyTotals(4, 1), seriesCount: 1, addedCount: 1 }
  expect(KernelPass.over([], 0)).toBe(undefined)
  expect(KernelPass.over([stream], 4)).toBe(undefined)
  expect(KernelPass.over([stream], 4, 4)).toBeInstanceOf(KernelPass)
  expect(KernelPass.over([stream], 2 ** 24, 4)).toBe(undefined)
})

test('is not used where there is no WebAssembly', async () => {
  vi.stubGlobal('WebAssembly', undefined)
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  vi.resetModules()
  const anew = await import('../../src/merge/kernel-pass.ts')
  const stream = { ...emptyTotals(4, 1), seriesCount: 1, addedCount: 1 }
  expect(anew.KernelPass.over([stream], 4, 0)).toBe(undefined)
})

test('is what its source compiles to', async () => {
  const file = new URL('../../src/merge/histogram-kernel-bytes.ts', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(await compileKernel())
})
