import { readdirSync, rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { countAndSum } from '../../campaign/crash/totals.ts'
import { define, publish } from '../../campaign/publish.ts'
import { joinDirectory } from '../../src/directory/join.ts'
import { foldDead } from '../../src/ledger/fold.ts'
import { HEARTBEAT_TIMEOUT_MS } from '../../src/segment/layout.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { requireLibc } from '../libc.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const STREAMS = [
  define('sum', 'COUNTER', { type: 'sum' }),
  define('explicit', 'HISTOGRAM', { type: 'explicitBuckets', boundaries: [1, 10, 100], recordMinMax: true }),
  define('exponential', 'HISTOGRAM', {
    type: 'exponentialBuckets',
    maxSize: 4,
    negative: true,
    recordMinMax: true,
  }),
]

/** A directory with a living mapped writer and a heap writer, and a clock. */
function blockedWriter() {
  const libc = requireLibc()
  const directory = temporaryDirectory()
  let nowMs = 1_000_000_000_000
  joinDirectory(directory, { warn: () => {}, nowMs })
  const writer = joinDirectory(directory, { warn: () => {}, nowMs, store: 'heap' })
  const now = () => nowMs
  const read = <T>(see: (reader: DirectoryReader) => T): T => {
    const reader = new DirectoryReader(directory, now)
    try {
      return see(reader)
    } finally {
      reader.close()
    }
  }
  return {
    directory,
    writer,
    beat: () => writer.beat(nowMs, 0),
    block: () => {
      nowMs += HEARTBEAT_TIMEOUT_MS + 1
    },
    fold: () => read(reader => foldDead(reader, libc, now)),
    counted: () => read(reader => STREAMS.map(({ name }) => countAndSum(reader.read(), name))),
  }
}

test('a writer that was folded while it was blocked goes on with what had not been written out, again and again', () => {
  const { directory, writer, beat, block, fold, counted } = blockedWriter()
  const series = STREAMS.map(stream => publish(writer, stream)([]))
  let count = 0
  let sum = 0
  const record = (value: number) => {
    count++
    sum += value
    for (const each of series) each.record(value)
  }
  for (let times = 0; times < 3; times++) {
    for (const value of [3, 7 ** times, 200 * times + 1]) record(value)
    beat()
    // Recorded, not written out, and then blocked.
    record(5 * times + 2)
    block()
    expect(fold()).toBe(1)
    expect(readdirSync(directory)).not.toContain('1.segment')
    record(11)
    beat()
    expect(
      counted()
        .map(([each]) => each)
        .slice(1),
    ).toEqual([count, count])
    expect(counted().map(([, each]) => each)).toEqual([sum, sum, sum])
    beat()
    expect(counted().map(([, each]) => each)).toEqual([sum, sum, sum])
  }
})

test('what is observed goes on from where it was after a fold, and is not counted twice', () => {
  const { writer, beat, block, fold, counted } = blockedWriter()
  const number = writer.defineInstrument(
    JSON.stringify(define('sum', 'OBSERVABLE_COUNTER', { type: 'sum' })),
  )!
  const { cells, slot } = writer.addSeries(number, '[]', [Number.NaN])!
  let seen = 0
  for (const observed of [10, 25, 40, 70]) {
    cells[slot] = observed
    beat()
    seen = counted()[0][1]
    expect(seen).toBe(observed)
    block()
    expect(fold()).toBe(1)
    expect(counted()[0][1]).toBe(observed)
  }
})

test('a writer whose whole directory was removed writes everything anew', () => {
  const { directory, writer, beat, counted } = blockedWriter()
  const series = STREAMS.map(stream => publish(writer, stream)([]))
  for (const each of series) each.record(4)
  beat()
  rmSync(directory, { recursive: true })
  for (const each of series) each.record(5)
  beat()
  expect(counted().map(([, sum]) => sum)).toEqual([9, 9, 9])
})
