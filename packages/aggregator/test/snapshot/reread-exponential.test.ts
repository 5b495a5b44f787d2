import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { define } from '../../campaign/publish.ts'
import { exponentialCellCount, intentCell } from '../../src/segment/exponential-cells.ts'
import { exponentialCount } from '../../src/segment/exponential-range.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { rereadExponential } from '../../src/snapshot/reread-exponential.ts'
import { forkApp } from '../apps/fork.ts'
import { REDUCED_SERIES, REDUCING_SIZE, REDUCING_VALUES } from '../apps/reducing.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const ROUNDS = 150
const MAX_READS = 200_000
const size = { maxSize: REDUCING_SIZE, negative: false }

test('counts are never wrong and never fall while their writer reduces the scale as fast as it can', async () => {
  const parent = temporaryDirectory()
  mkdirSync(parent)
  const app = forkApp('reduces.ts')
  let between = 0
  for (let round = 0; round < ROUNDS; round++) {
    const directory = join(parent, String(round))
    mkdirSync(directory, { mode: 0o700 })
    app.child.send({ directory })
    const reader = new DirectoryReader(directory)
    const last: number[] = []
    for (let reads = 0; (last[REDUCED_SERIES - 1] ?? 0) < REDUCING_VALUES.length; reads++) {
      expect(reads, app.output()).toBeLessThan(MAX_READS)
      const snapshot = reader.read()
      expect(snapshot.damaged).toEqual([])
      snapshot.segments[0]?.series.forEach(({ slot }, id, { length }) => {
        const count = exponentialCount(snapshot.segments[0].cells, slot, size)
        if (count < (last[id] ?? 0) || count > REDUCING_VALUES.length)
          throw new Error(`round ${round}, series ${id}: ${count} after ${last[id]}`)
        // A later series is there: this one is done with.
        if (id < length - 1 && count !== REDUCING_VALUES.length)
          throw new Error(`series ${id} holds ${count}`)
        if (count > 0 && count < REDUCING_VALUES.length) between++
        last[id] = count
      })
    }
    reader.close()
    await setImmediate()
  }
  // Otherwise nothing was read while it was written.
  expect(between).toBeGreaterThan(0)
})

test('a series that was overwritten while it was read is read again, until it is whole', () => {
  const aggregation = { type: 'exponentialBuckets', ...size, recordMinMax: true } as const
  const cells = new Float64Array(exponentialCellCount(size))
  cells[0] = 3
  cells[intentCell(size)] = 6
  const series = [{ instrument: 0, text: '[]', slot: 0, cellCount: cells.length, worker: 0, createdUs: 0 }]
  const segment = { definitions: [define('a', 'HISTOGRAM', aggregation)], series, cells }
  let reads = 0
  const generations = [5, 8, 8]
  const damage = rereadExponential(segment, (_, target) => {
    target[0] = generations[reads++]
    target[intentCell(size)] = reads === 1 ? 7 : 8
  })
  expect(damage).toBeUndefined()
  expect(reads).toBe(2)
})

test('a series that never becomes whole is damaged: it shows nothing, and reading it ends', () => {
  const aggregation = { type: 'exponentialBuckets', ...size, recordMinMax: true } as const
  const cells = new Float64Array(exponentialCellCount(size)).fill(1)
  cells[intentCell(size)] = 50
  const series = [{ instrument: 0, text: '[]', slot: 0, cellCount: cells.length, worker: 0, createdUs: 0 }]
  const segment = { definitions: [define('a', 'HISTOGRAM', aggregation)], series, cells }
  let reads = 0
  expect(rereadExponential(segment, () => reads++)).toMatch(/changes over without end/)
  expect(reads).toBeLessThan(20)
  expect(exponentialCount(cells, 0, size)).toBe(0)
})
