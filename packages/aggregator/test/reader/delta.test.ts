import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Source } from '../../src/merge/arrivals.ts'
import { exponentialHistogramAt } from '../../src/merge/exponential-histogram.ts'
import { MergedStream } from '../../src/merge/merged-stream.ts'
import type { StreamCells } from '../../src/merge/resource-metrics.ts'
import { takeDelta } from '../../src/reader/delta.ts'
import { ExportedStream } from '../../src/reader/exported-stream.ts'
import { type Aggregation, firstCells } from '../../src/segment/aggregation.ts'
import { defaultMerge, type InstrumentKind, type StreamDefinition } from '../../src/segment/stream.ts'
import { seriesCreator } from '../../src/series/create-series.ts'
import { Measuring } from '../../src/series/measuring.ts'
import type { RecordingSeries } from '../../src/series/series.ts'
import { total } from '../merge/total.ts'

const MEASURING = new Measuring({ signed: true, integer: false, reject: () => {}, now: () => 0 })

function define(kind: InstrumentKind, aggregation: Aggregation): StreamDefinition {
  const scope = { name: 'test', version: '', schemaUrl: '' }
  const said = { scope, name: 'a', unit: '', description: '', integer: false }
  return { ...said, kind, aggregation, ...defaultMerge(kind) }
}

const COUNTER = define('COUNTER', { type: 'sum' })
const UP_DOWN_COUNTER = define('UP_DOWN_COUNTER', { type: 'sum' })
const HISTOGRAM = define('HISTOGRAM', { type: 'explicitBuckets', boundaries: [1, 10], recordMinMax: true })
const EXPONENTIAL = define('HISTOGRAM', {
  type: 'exponentialBuckets',
  maxSize: 8,
  negative: false,
  recordMinMax: true,
})

/** A writer of one series, which records and may end; the ledger is one that never does. */
class Writer implements Source {
  readonly worker: number
  cells: Float64Array
  readonly series: RecordingSeries

  constructor(definition: StreamDefinition, worker: number) {
    this.worker = worker
    this.cells = firstCells(definition.aggregation, false)
    this.series = seriesCreator(definition, MEASURING)('[]', { cells: this.cells, slot: 0 })
  }
}

function link(stream: MergedStream, writer: Writer, text = '[]'): void {
  stream.link(writer, { text, slot: 0, cellCount: writer.cells.length })
}

/** Numbers that a float holds whatever they are added to. */
const amount = fc.integer({ min: 0, max: 1_000_000 }).map(value => value / 1024)
/** Which writer records what, and after which of these steps a delta is taken. */
const steps = fc.array(fc.tuple(fc.nat(3), amount, fc.boolean()), { maxLength: 50 })

function takeAll(definition: StreamDefinition, of: [number, number, boolean][]): StreamCells[] {
  const stream = new MergedStream(definition)
  const writers = Array.from({ length: 4 }, (_, worker) => new Writer(definition, worker))
  for (const writer of writers) link(stream, writer)
  const exported = new ExportedStream(definition)
  const deltas: StreamCells[] = []
  for (const [writer, value, collects] of [...of, [0, 0, true] as const]) {
    writers[writer].series.record(value)
    if (!collects) continue
    total(stream, writers)
    deltas.push(takeDelta(stream, exported, 0))
  }
  return deltas
}

test('the deltas of a counter add up to what was counted', () => {
  fc.assert(
    fc.property(steps, of => {
      const deltas = takeAll(COUNTER, of).flatMap(({ series, totals }) =>
        series.map((_, index) => totals[index]),
      )
      expect(deltas.reduce((sum, delta) => sum + delta, 0)).toBe(
        of.reduce((sum, [, value]) => sum + value, 0),
      )
      expect(deltas.filter(delta => delta < 0)).toEqual([])
    }),
  )
})

test('the deltas of a histogram add up, bucket by bucket', () => {
  fc.assert(
    fc.property(steps, of => {
      const totals = [0, 0, 0, 0]
      for (const delta of takeAll(HISTOGRAM, of)) {
        if (delta.series.length > 0) for (let cell = 0; cell < 4; cell++) totals[cell] += delta.totals[cell]
      }
      const values = [...of.map(([, value]) => value), 0]
      expect(totals).toEqual([
        values.filter(value => value <= 1).length,
        values.filter(value => value > 1 && value <= 10).length,
        values.filter(value => value > 10).length,
        values.reduce((sum, value) => sum + value, 0),
      ])
    }),
  )
})

test('the deltas of an exponential histogram add up, whatever became of its scale', () => {
  fc.assert(
    fc.property(steps, of => {
      const { aggregation } = EXPONENTIAL
      if (aggregation.type !== 'exponentialBuckets') throw new Error()
      const whole = new Writer(EXPONENTIAL, 0)
      for (const [, value] of of) whole.series.record(value)
      whole.series.record(0)
      const total = exponentialHistogramAt(whole.cells, 0, aggregation)
      const buckets = new Map<number, number>()
      let [count, sum, zeroCount] = [0, 0, 0]
      for (const { series, totals } of takeAll(EXPONENTIAL, of)) {
        if (series.length === 0) continue
        const delta = exponentialHistogramAt(totals, 0, aggregation)
        count += delta.count
        sum += delta.sum
        zeroCount += delta.zeroCount
        delta.positive.bucketCounts.forEach((bucketCount, place) => {
          const index = (delta.positive.offset + place) / 2 ** (delta.scale - total.scale)
          buckets.set(Math.floor(index), (buckets.get(Math.floor(index)) ?? 0) + bucketCount)
        })
      }
      expect([count, sum, zeroCount]).toEqual([total.count, total.sum, total.zeroCount])
      total.positive.bucketCounts.forEach((bucketCount, place) => {
        expect(buckets.get(total.positive.offset + place) ?? 0).toBe(bucketCount)
      })
    }),
  )
})

test('the smallest and the largest are known of the first delta only', () => {
  const [first, second] = takeAll(HISTOGRAM, [
    [0, 5, true],
    [1, 7, true],
  ])
  expect([...first.totals.slice(0, 6)]).toEqual([0, 1, 0, 5, 5, 5])
  expect([...second.totals.slice(0, 6)]).toEqual([0, 1, 0, 7, Infinity, -Infinity])
})

test('what is absent for a moment is not counted again when it is back', () => {
  const stream = new MergedStream(COUNTER)
  const exported = new ExportedStream(COUNTER)
  const writer = new Writer(COUNTER, 0)
  link(stream, writer)
  const take = () => {
    total(stream, [writer])
    const { series, totals } = takeDelta(stream, exported, 0)
    return series.map((_, index) => totals[index])
  }
  writer.series.add(100)
  expect(take()).toEqual([100])
  for (const missing of [Number.NaN, 40]) {
    writer.cells[0] = missing
    expect(take()).toEqual([])
    writer.cells[0] = 100
    expect(take()).toEqual([])
  }
  writer.series.add(3)
  expect(take()).toEqual([3])
})

test('what a dead writer had open is taken back, also when its series goes with it', () => {
  const stream = new MergedStream(UP_DOWN_COUNTER)
  const exported = new ExportedStream(UP_DOWN_COUNTER)
  const [one, two] = [new Writer(UP_DOWN_COUNTER, 0), new Writer(UP_DOWN_COUNTER, 1)]
  const take = () => {
    total(stream, [one, two])
    const { series, totals } = takeDelta(stream, exported, 0)
    return Object.fromEntries(
      series.map(({ attributes }, index) => [JSON.stringify(attributes), totals[index]]),
    )
  }
  link(stream, one)
  link(stream, two)
  link(stream, two, '[["db","main"]]')
  one.series.add(5)
  two.series.add(7)
  expect(take()).toEqual({ '{}': 12, '{"db":"main"}': 7 })
  stream.unlink(two)
  expect(take()).toEqual({ '{}': -7, '{"db":"main"}': -7 })
  expect(take()).toEqual({})
  stream.unlink(one)
  expect(take()).toEqual({ '{}': -5 })
  expect(exported.series.filter(series => series !== undefined)).toEqual([])
})
