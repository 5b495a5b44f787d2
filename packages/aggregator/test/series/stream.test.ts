import { expect, test } from 'vitest'
import { define } from '../../campaign/publish.ts'
import { newIdentity } from '../../src/directory/birth.ts'
import { FIRST_BYTES, LIVENESS } from '../../src/segment/layout.ts'
import { SegmentWriter } from '../../src/segment/writer.ts'
import { Series } from '../../src/series/series.ts'
import { Stream } from '../../src/series/stream.ts'

test('a series without a place in the segment has none for exemplars either, since readers look for the series first', () => {
  let hasRoom = false
  const memory = {
    identity: newIdentity(LIVENESS.lock, 0, 0),
    extend: (bytes: number) => (hasRoom ? new ArrayBuffer(bytes) : undefined),
    flush() {},
    end() {},
  }
  const writer = new SegmentWriter(memory, new ArrayBuffer(FIRST_BYTES))
  const stream = new Stream(writer, define('orders', 'COUNTER', { type: 'sum' }))
  const place = (id: number) => stream.place(`[["id",${id}]]`, (text, range) => new Series(text, range))
  let last = place(0)
  for (let id = 1; stream.homelessCount === 0; id++) last = place(id)
  hasRoom = true
  expect(stream.placeExemplars(last)).toBeUndefined()
  stream.settle()
  expect(stream.homelessCount).toBe(0)
  expect(stream.placeExemplars(last)).toBeDefined()
})
