import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EXEMPLAR_CELLS, readExemplar, writeExemplar } from '../../src/segment/exemplar-cells.ts'

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`))
const exemplar = fc.record({
  timeMs: fc.double({ min: 1, max: 1e15, noNaN: true }),
  value: fc.double({ noNaN: true }),
  traceId: hex(32),
  spanId: hex(16),
})

test('reads back every exemplar as it was written, whatever its ids would be as floats', () => {
  fc.assert(
    fc.property(exemplar, fc.nat(3), (written, place) => {
      const cells = new Float64Array(10 + 4 * EXEMPLAR_CELLS)
      writeExemplar(cells, 10, place, written)
      expect(readExemplar(cells, 10, place)).toEqual(written)
    }),
  )
})

test('what was never written is no exemplar', () => {
  expect(readExemplar(new Float64Array(EXEMPLAR_CELLS), 0, 0)).toBeUndefined()
})

test('a mixture of two exemplars is no exemplar', () => {
  fc.assert(
    fc.property(
      exemplar,
      exemplar,
      fc.integer({ min: 1, max: EXEMPLAR_CELLS - 1 }),
      (before, after, copied) => {
        fc.pre(before.traceId !== after.traceId && before.timeMs !== after.timeMs)
        const cells = new Float64Array(EXEMPLAR_CELLS)
        const later = new Float64Array(EXEMPLAR_CELLS)
        writeExemplar(cells, 0, 0, before)
        writeExemplar(later, 0, 0, after)
        new Uint8Array(cells.buffer).set(new Uint8Array(later.buffer, 0, copied * 8))
        const read = readExemplar(cells, 0, 0)
        expect([undefined, JSON.stringify(after)]).toContain(read && JSON.stringify(read))
      },
    ),
  )
})
