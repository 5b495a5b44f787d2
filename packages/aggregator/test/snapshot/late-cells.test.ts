import { statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { define, publish } from '../../campaign/publish.ts'
import { joinDirectory } from '../../src/directory/join.ts'
import { LivePage } from '../../src/exposition/live-page.ts'
import { PLAIN_TEXT } from '../../src/exposition/negotiate.ts'
import { foldDead } from '../../src/ledger/fold.ts'
import { Merge } from '../../src/merge/merge.ts'
import { PAGE_BYTES } from '../../src/segment/layout.ts'
import { DirectoryReader, type Snapshot } from '../../src/snapshot/directory-reader.ts'
import { requireLibc } from '../libc.ts'
import { parsePlainly } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const COUNTER = define('orders', 'COUNTER', { type: 'sum' })
const GAUGE = define('level', 'GAUGE', { type: 'lastValue' })
const LATENCY = define('latency', 'HISTOGRAM', {
  type: 'explicitBuckets',
  boundaries: Array.from({ length: 20 }, (_, bound) => bound),
  recordMinMax: true,
})
const SPREAD = define('spread', 'HISTOGRAM', {
  type: 'exponentialBuckets',
  maxSize: 20,
  negative: false,
  recordMinMax: true,
})

function total({ streams }: Merge): number {
  return [...streams.values()][0].totals[0]
}

test('a fold while cells are read changes nothing: they are read again', () => {
  const directory = temporaryDirectory()
  const [dead, living] = [1, 2].map(() => joinDirectory(directory, { warn: () => {} }))
  publish(dead, COUNTER)([]).record(7)
  publish(living, COUNTER)([]).record(5)
  dead.end()
  const libc = requireLibc()
  const reader = new DirectoryReader(directory)
  const merge = new Merge()
  const seen: number[] = []
  reader.read(snapshot => {
    merge.update(snapshot)
    seen.push(snapshot.segments.length)
    if (seen.length === 1) expect(foldDead(new DirectoryReader(directory), libc)).toBe(1)
  })
  expect(seen).toEqual([2, 1])
  expect(total(merge)).toBe(12)
  reader.close()
  living.end()
})

test('where cells can not be read, each file is read by itself', () => {
  const directory = temporaryDirectory()
  const writer = joinDirectory(directory, { warn: () => {} })
  publish(writer, COUNTER)([]).record(7)
  const reader = new DirectoryReader(directory)
  const found: number[][] = []
  const use = ({ segments }: Snapshot) => {
    found.push(segments.map(({ cells }) => cells[0]))
    if (found.length === 1) throw new Error('no')
  }
  const { segments } = reader.read(use)
  expect(found).toEqual([[undefined], [7]])
  expect(segments).toHaveLength(1)
  expect(() =>
    reader.read(() => {
      throw new Error('always')
    }),
  ).toThrow('always')
  reader.close()
  writer.end()
})

/** So many that their cells are read to shared memory, one segment after the other. */
const SERIES = 2_000

test('segments that share the memory for their cells keep their values apart, also where a file ends too soon', () => {
  const directory = temporaryDirectory()
  const writers = [0, 1, 2].map(() => joinDirectory(directory, { warn: () => {} }))
  writers.forEach((writer, worker) => {
    const [orders, level, latency, spread] = [COUNTER, GAUGE, LATENCY, SPREAD].map(each =>
      publish(writer, each),
    )
    orders([]).record(worker + 1)
    level([['worker', worker]]).record(worker + 100)
    spread([]).record(2 ** worker)
    // Each in another order.
    for (let id = 0; id < SERIES; id++) latency([['id', (id * [1, 3, 7][worker]) % SERIES]]).record(id % 20)
  })
  const reader = new DirectoryReader(directory)
  const page = new LivePage(reader, { warn: () => {} })
  const samples = () => {
    page.update()
    return parsePlainly(page.write(PLAIN_TEXT).toString())
  }
  const counts = (of: Record<string, number>) =>
    Object.entries(of)
      .filter(([name]) => name.startsWith('latency_count'))
      .map(([, value]) => value)

  const whole = samples()
  expect(whole).toMatchObject({
    orders_total: 6,
    'level{worker="0"}': 100,
    'level{worker="1"}': 101,
    'level{worker="2"}': 102,
    spread_count: 3,
    spread_sum: 7,
    tutti_damaged_segments: 0,
  })
  expect(counts(whole)).toEqual(new Array(SERIES).fill(3))
  expect(
    reader.read(merge => new Merge().update(merge)).segments.every(({ cells }) => cells.length > 40_000),
  ).toBe(true)

  // Truncating what a living writer has mapped would kill it.
  writers[1].end()
  const path = join(directory, '1.segment')
  truncateSync(path, statSync(path).size - 100 * PAGE_BYTES)
  for (const _ of [1, 2]) {
    const less = samples()
    expect(less).toMatchObject({ orders_total: 6, spread_count: 3, tutti_damaged_segments: 1 })
    expect(Math.max(...counts(less))).toBe(3)
    expect(Math.min(...counts(less))).toBe(2)
  }
  reader.close()
  for (const each of [writers[0], writers[2]]) each.end()
})
