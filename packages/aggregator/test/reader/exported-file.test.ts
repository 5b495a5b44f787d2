import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readExported, writeExported } from '../../src/reader/exported-file.ts'
import { ExportedStream } from '../../src/reader/exported-stream.ts'
import { defaultMerge, type StreamDefinition, streamIdentity } from '../../src/segment/stream.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const UP_DOWN_COUNTER: StreamDefinition = {
  scope: { name: 'test', version: '1', schemaUrl: '' },
  name: 'open',
  description: 'What is open.',
  unit: '{thing}',
  kind: 'UP_DOWN_COUNTER',
  integer: false,
  aggregation: { type: 'sum' },
  ...defaultMerge('UP_DOWN_COUNTER'),
}

test('is read as it was written, to the last digit, and leaves nothing else behind', () => {
  const directory = temporaryDirectory()
  mkdirSync(directory)
  const path = join(directory, 'exported-0')
  expect(readExported(path)).toBeUndefined()
  const series = fc.dictionary(
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.double(), fc.double({ noNaN: true })),
  )
  fc.assert(
    fc.property(series, fc.nat(), (values, untilMs) => {
      const stream = new ExportedStream(UP_DOWN_COUNTER)
      for (const [key, [high, low]] of Object.entries(values)) {
        stream.store(JSON.stringify([[key.toWellFormed(), 1]]), Float64Array.of(high), 0, low)
      }
      writeExported(path, { streams: new Map([['any', stream]]), untilMs })
      const read = readExported(path)!
      expect(read.untilMs).toBe(untilMs)
      const found = read.streams.get(streamIdentity(UP_DOWN_COUNTER))
      expect(found?.series ?? []).toEqual(stream.series)
      for (let index = 0; index < stream.series.length; index++) {
        expect([found?.totals[index], found?.lows[index]]).toEqual([stream.totals[index], stream.lows[index]])
      }
    }),
    { numRuns: 50 },
  )
  expect(readdirSync(directory)).toEqual(['exported-0'])
})
