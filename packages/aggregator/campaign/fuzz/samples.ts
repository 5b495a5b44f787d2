import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { joinDirectory } from '../../src/directory/join.ts'
import { foldDead } from '../../src/ledger/fold.ts'
import { ENTRY_KIND } from '../../src/segment/layout.ts'
import type { StreamDefinition } from '../../src/segment/stream.ts'
import type { SegmentWriter } from '../../src/segment/writer.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { requireLibc } from '../../test/libc.ts'
import { define, publish, publishExemplars } from '../publish.ts'

/** Whole files to begin with. */
export interface Samples {
  /** A segment whose series nobody else has. */
  readonly good: Buffer
  /** Segments of a mapped and of a heap writer, with every kind of series. */
  readonly segments: readonly Buffer[]
  readonly ledger: Buffer
}

const NOW_MS = 1_700_000_000_000

/** Writes the samples into files below `directory`, reads and removes them. */
export function makeSamples(directory: string): Samples {
  const good = makeSegment(join(directory, 'good'), 'mapped', 'good')
  const segments = (['mapped', 'heap'] as const).map(store =>
    makeSegment(join(directory, store), store, 'bad'),
  )
  return { good, segments, ledger: makeLedger(join(directory, 'ledger')) }
}

function makeSegment(directory: string, store: 'mapped' | 'heap', name: string): Buffer {
  const writer = record(directory, store, name)
  writer.beat(NOW_MS, 0)
  // A copy of a living writer's file is the segment of a killed one.
  const bytes = readFileSync(join(directory, '0.segment'))
  writer.end()
  rmSync(directory, { recursive: true })
  return bytes
}

function makeLedger(directory: string): Buffer {
  const libc = requireLibc()
  record(directory, 'mapped', 'bad').end()
  const reader = new DirectoryReader(directory)
  foldDead(reader, libc)
  reader.close()
  const bytes = readFileSync(join(directory, 'ledger'))
  rmSync(directory, { recursive: true })
  return bytes
}

/** Two series of every aggregation. */
function record(directory: string, store: 'mapped' | 'heap', name: string): SegmentWriter {
  const writer = joinDirectory(directory, { warn: () => {}, store, nowMs: NOW_MS })
  writer.note(ENTRY_KIND.resource, JSON.stringify([['service.name', name]]))
  definitions(name).forEach((definition, instrument) => {
    const series = publish(writer, definition)
    for (const each of [1, 2]) {
      const attributes: [string, unknown][] = [
        ['each', each],
        ['text', 'ä "quoted"\\'],
      ]
      const one = series(attributes)
      for (let value = 0; value < 5; value++) one.record(value * value * each)
      if (each === 1) publishExemplars(writer, instrument, definition, attributes)
    }
  })
  return writer
}

function definitions(name: string): StreamDefinition[] {
  const explicit = { type: 'explicitBuckets', boundaries: [1, 2, 5, 10], recordMinMax: true } as const
  const exponential = (maxSize: number, negative: boolean) =>
    ({ type: 'exponentialBuckets', maxSize, negative, recordMinMax: true }) as const
  return [
    define(`${name}.orders`, 'COUNTER', { type: 'sum' }, 'By/s'),
    define(`${name}.open`, 'UP_DOWN_COUNTER', { type: 'sum' }),
    define(`${name}.level`, 'GAUGE', { type: 'lastValue' }, '1'),
    define(`${name}.depth`, 'OBSERVABLE_GAUGE', { type: 'lastValue' }),
    define(`${name}.latency`, 'HISTOGRAM', explicit, 's'),
    define(`${name}.small`, 'HISTOGRAM', exponential(4, false)),
    define(`${name}.wide`, 'HISTOGRAM', exponential(20, true)),
  ]
}
