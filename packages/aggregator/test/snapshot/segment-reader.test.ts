import { join } from 'node:path'
import { expect, test } from 'vitest'
import { define, publish, publishExemplars } from '../../campaign/publish.ts'
import { joinDirectory } from '../../src/directory/join.ts'
import { SegmentReader } from '../../src/snapshot/segment-reader.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

test('a series in a chunk that was added while its entries were read has its place all the same', () => {
  const directory = temporaryDirectory()
  const writer = joinDirectory(directory, { warn: () => {} })
  const reader = new SegmentReader(join(directory, '0.segment'))
  reader.refresh()
  const boundaries = Array.from({ length: 1_000 }, (_, bound) => bound)
  const series = publish(
    writer,
    define('large', 'HISTOGRAM', { type: 'explicitBuckets', boundaries, recordMinMax: true }),
  )
  // Rows 0 and 1 are there from the beginning; the fifth of these needs row 2.
  for (let id = 0; id < 5; id++) series([['id', id]])
  // The reader has not looked at the chunk table since.
  expect(reader.placeCells(2, 0, 1_004)).toBe(4_096)
  expect(reader.placeCells(3, 0, 1_004)).toBe(-1)
  reader.close()
  writer.end()
})

test('memory follows from the series that are there, not from the size of their chunk', () => {
  const directory = temporaryDirectory()
  const writer = joinDirectory(directory, { warn: () => {} })
  const series = publish(writer, define('small', 'COUNTER', { type: 'sum' }))
  for (let id = 0; id < 10; id++) series([['id', id]]).record(id)
  const reader = new SegmentReader(join(directory, '0.segment'))
  reader.refresh()
  expect(reader.cells.length).toBe(20)
  expect([...reader.cells.subarray(0, 10)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  reader.close()
  writer.end()
})

test('what stands behind something that this version does not understand is read all the same', () => {
  const directory = temporaryDirectory()
  const writer = joinDirectory(directory, { warn: () => {} })
  const unknown = writer.defineInstrument(JSON.stringify({ from: 'the future' }))!
  writer.addSeries(unknown, '[]', [1, 2, 3])
  publish(writer, define('known', 'COUNTER', { type: 'sum' }))([]).record(7)
  const reader = new SegmentReader(join(directory, '0.segment'))
  reader.refresh()
  expect(reader.series.map(({ instrument, slot }) => [instrument, reader.cells[slot]])).toEqual([[1, 7]])
  reader.close()
  writer.end()
})

test('cells are read to shared memory where they fit, unless exemplars are among them, which are looked at later', () => {
  const directory = temporaryDirectory()
  const writer = joinDirectory(directory, { warn: () => {} })
  const buckets = define('slow', 'HISTOGRAM', {
    type: 'explicitBuckets',
    boundaries: [1],
    recordMinMax: true,
  })
  publish(writer, buckets)([]).record(3)
  const reader = new SegmentReader(join(directory, '0.segment'))
  const read = (shared: Float64Array) => {
    reader.refreshEntries()
    reader.readCells(shared)
    expect([...reader.cells.subarray(0, 5)]).toEqual([0, 1, 3, 3, 3])
    return reader.cells === shared
  }
  expect(read(new Float64Array(5))).toBe(true)
  expect(read(new Float64Array(4))).toBe(false)
  expect(read(new Float64Array(8))).toBe(true)
  publishExemplars(writer, 0, buckets, [])
  expect(read(new Float64Array(1_000))).toBe(false)
  reader.close()
  writer.end()
})
