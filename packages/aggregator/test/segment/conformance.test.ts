import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { testProvider } from '../provider.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

/** What every store must do, wherever its bytes are. */
describe.each(['mapped', 'heap'] as const)('the %s store', store => {
  test('shares, with the next observation at the latest, everything that was recorded', async () => {
    const { meter, page } = testProvider({ store })
    meter.createCounter('orders').add(3, { country: 'ch' })
    meter.createHistogram('latency', { advice: { explicitBucketBoundaries: [1] } }).record(0.5)
    meter.createGauge('level').record(8)
    meter.createObservableGauge('depth').addCallback(result => result.observe(5))
    expect(await page()).toMatchObject({
      'orders_total{country="ch"}': 3,
      'latency_bucket{le="1"}': 1,
      latency_count: 1,
      level: 8,
      'depth{worker="0"}': 5,
      tutti_writers: 1,
    })
  })

  test('grows by as many chunks as its series need, and keeps all of them', async () => {
    const { meter, page } = testProvider({ store, cardinalityLimit: 20_000 })
    const histogram = meter.createHistogram('latency')
    const bound = Array.from({ length: 6_000 }, (_, id) =>
      histogram.bind({ id, text: 'a long attribute value '.repeat(4) }),
    )
    for (const [id, handle] of bound.entries()) for (let each = 0; each <= id % 3; each++) handle.record(id)
    const samples = await page()
    const counts = Object.entries(samples).filter(([name]) => name.startsWith('latency_count'))
    expect(counts).toHaveLength(6_000)
    for (const [name, count] of counts) expect(count).toBe((Number(/id="(\d+)"/.exec(name)?.[1]) % 3) + 1)
  })

  test('gives two providers of one process segments and worker numbers of their own', async () => {
    const directory = temporaryDirectory()
    const one = testProvider({ store, directory })
    const two = testProvider({ store, directory })
    one.meter.createCounter('orders').add(1)
    two.meter.createCounter('orders').add(2)
    one.meter.createObservableGauge('depth').addCallback(result => result.observe(10))
    two.meter.createObservableGauge('depth').addCallback(result => result.observe(20))
    two.provider.observe()
    expect(
      readdirSync(directory)
        .filter(name => name.endsWith('.segment'))
        .sort(),
    ).toEqual(['0.segment', '1.segment'])
    expect(await one.page()).toMatchObject({
      orders_total: 3,
      'depth{worker="0"}': 10,
      'depth{worker="1"}': 20,
    })
  })

  test('keeps the totals of a writer that ended, and drops what only the living can say', async () => {
    const directory = temporaryDirectory()
    const ended = testProvider({ store, directory })
    const living = testProvider({ store, directory })
    for (const { meter } of [ended, living]) {
      meter.createCounter('orders').add(5)
      meter.createUpDownCounter('connections').add(7)
      meter.createObservableGauge('depth').addCallback(result => result.observe(1))
    }
    ended.meter.createGauge('level').record(4)
    ended.provider.observe()
    expect(await living.page()).toMatchObject({ orders_total: 10, connections: 14, level: 4 })
    await ended.provider.shutdown()
    const samples = await living.page()
    expect(samples).toMatchObject({
      orders_total: 10,
      connections: 7,
      level: 4,
      'depth{worker="1"}': 1,
      tutti_writers: 1,
    })
    expect(samples).not.toHaveProperty('depth{worker="0"}')
  })

  test('is cleared away by the first process of a new run', async () => {
    const directory = temporaryDirectory()
    const before = testProvider({ store, directory })
    before.meter.createCounter('orders').add(5)
    await before.provider.shutdown()
    // Without locks a segment counts as alive until its heartbeat is old.
    const now = () => Date.now() + 60_000
    const after = testProvider({ store, directory, now })
    after.meter.createCounter('orders').add(1)
    expect(await after.page()).toMatchObject({ orders_total: 1, tutti_writers: 1 })
  })

  test('reads back any attributes as they were written', async () => {
    const { meter, directory, provider } = testProvider({ store, cardinalityLimit: 5_000 })
    const counter = meter.createCounter('orders')
    const written = new Map<string, number>()
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
        counter.add(1, { text })
        written.set(text.toWellFormed(), (written.get(text.toWellFormed()) ?? 0) + 1)
      }),
      { numRuns: 500 },
    )
    provider.observe()
    const reader = new DirectoryReader(directory)
    const [segment] = reader.read().segments
    const read = segment.series.map(({ text, slot }) => [JSON.parse(text)[0][1], segment.cells[slot]])
    reader.close()
    expect(new Map(read as [string, number][])).toEqual(written)
  })
})
