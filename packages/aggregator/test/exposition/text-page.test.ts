import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CreatedTimes } from '../../src/exposition/created-times.ts'
import { DEFAULT_NAMING } from '../../src/exposition/labels.ts'
import { negotiate } from '../../src/exposition/negotiate.ts'
import { TextPage } from '../../src/exposition/text-page.ts'
import { SharedMeterProvider } from '../../src/instrument/shared-meter-provider.ts'
import { foldDead } from '../../src/ledger/fold.ts'
import { Merge } from '../../src/merge/merge.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { requireLibc } from '../libc.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const libc = requireLibc()
const FORMATS = ['text/plain', 'application/openmetrics-text'].map(negotiate)

/** Writers in this process, and pages that are kept from read to read. */
function run() {
  const directory = temporaryDirectory()
  const start = () => new SharedMeterProvider({ directory, warn: () => {}, exemplarFilter: 'always_on' })
  const keeper = start()
  const writers: (SharedMeterProvider | undefined)[] = []
  const reader = new DirectoryReader(directory)
  const merge = new Merge()
  const created = new CreatedTimes()
  const page = (which: number) => new TextPage(merge, FORMATS[which], DEFAULT_NAMING, () => {}, created)
  const kept = FORMATS.map((_, which) => page(which))
  const readings: { isOver: boolean; slices: Buffer[]; text: string }[] = []
  return {
    record(writer: number, kind: number, series: number, value: number) {
      writers[writer] ??= start()
      const meter = writers[writer].getMeter(`scope-${series % 2}`)
      // A family with more lines than are written together, and others that are about to have none.
      if (kind === 0)
        for (let each = 0; each < 90 * (series % 3); each++)
          meter.createHistogram('took').record(value, { each })
      if (kind === 1) meter.createCounter('orders').add(Math.abs(value), { series })
      if (kind === 2) meter.createUpDownCounter('open').add(value, { series, name: 'é☃' })
      if (kind === 3) meter.createGauge('level').record(value, { series })
      if (kind === 4) meter.createHistogram('sizes', { unit: 'By' }).record(value, { series })
    },
    async die(writer: number) {
      await writers[writer]?.shutdown()
      writers[writer] = undefined
    },
    fold: () => foldDead(reader, libc),
    /** Compares the kept page with one that is made anew, and the pages that are still read with what they were. */
    look(which: number, isRead: boolean) {
      const snapshot = reader.read()
      merge.update(snapshot)
      created.follow(snapshot)
      const reading = { isOver: !isRead, slices: [] as Buffer[], text: '' }
      for (const slice of kept[which].render(() => [], reading)) reading.slices.push(slice)
      reading.text = Buffer.concat(reading.slices).toString()
      const anew = Buffer.concat([...page(which).render(() => [], { isOver: true })]).toString()
      expect(reading.text).toBe(anew)
      if (isRead) readings.push(reading)
      for (const { slices, text } of readings) expect(Buffer.concat(slices).toString()).toBe(text)
      if (readings.length > 3) readings.shift()!.isOver = true
    },
    async end() {
      for (const each of [keeper, ...writers]) await each?.shutdown()
      reader.close()
    },
  }
}

const VALUE = fc.oneof(
  fc.nat(12),
  fc.constantFrom(88, 900, 1e6, 0.1, 1e21, 1e308, -3),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const STEP = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('record' as const),
      writer: fc.nat(2),
      kind: fc.nat(4),
      series: fc.nat(5),
      value: VALUE,
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('die' as const), writer: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('fold' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({ act: fc.constant('look' as const), which: fc.nat(1), isRead: fc.boolean() }),
  },
)

test('a page that is kept is byte for byte one that is made anew, whatever changes, appears, goes or dies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { minLength: 5, maxLength: 40 }), async steps => {
      const { record, die, fold, look, end } = run()
      try {
        for (const step of steps) {
          if (step.act === 'record') record(step.writer, step.kind, step.series, step.value)
          else if (step.act === 'die') await die(step.writer)
          else if (step.act === 'fold') fold()
          else look(step.which, step.isRead)
        }
        for (const which of [0, 1, 0, 1]) look(which, false)
      } finally {
        await end()
      }
    }),
    { numRuns: 60 },
  )
})
