import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { CreatedTimes } from '../../src/exposition/created-times.ts'
import { DEFAULT_NAMING, type Naming } from '../../src/exposition/labels.ts'
import { negotiate } from '../../src/exposition/negotiate.ts'
import { preamble } from '../../src/exposition/preamble.ts'
import { ProtobufPage } from '../../src/exposition/protobuf-page.ts'
import { NO_READING } from '../../src/exposition/readings.ts'
import { TextPage } from '../../src/exposition/text-page.ts'
import { Merge, mergeResources } from '../../src/merge/merge.ts'
import { type ReportedStream, toResourceMetrics } from '../../src/merge/resource-metrics.ts'
import { MAX_SEGMENT_BYTES } from '../../src/segment/layout.ts'
import { DirectoryReader, type Snapshot, startTimeMs } from '../../src/snapshot/directory-reader.ts'
import { renumber } from '../publish.ts'
import { Random } from '../random.ts'
import { expectBounded } from './bounded.ts'
import { mutate } from './mutate.ts'
import { makeSamples, type Samples } from './samples.ts'

export interface FuzzOptions {
  /** Made, and removed at the end. */
  readonly directory: string
  readonly seed: number
  readonly reads: number
  /** Told of every read that went wrong, with the seed that repeats it alone. */
  readonly failed: (seed: number, error: Error) => void
}

const NOW_MS = 1_700_000_000_000
/** A reader that keeps what it has parsed meets this many directories before a new one takes its place. */
const READS_A_READER = 4
const MAX_READ_MS = 2_000

/** Reads a directory with damaged files in it again and again. Each read has a seed of its own. Returns how many. */
export function fuzz({ directory, seed, reads, failed }: FuzzOptions): number {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const samples = makeSamples(directory)
  const segments = join(directory, 'segments')
  mkdirSync(segments, { mode: 0o700 })
  writeFileSync(join(segments, '0.segment'), samples.good)
  const expected = scrape(new DirectoryReader(segments, () => NOW_MS))
  let done = 0
  for (let round = 0; done < reads; round++) {
    const roundSeed = (seed + round) >>> 0
    try {
      done += readOneDirectory(segments, samples, familiesOf(expected), new Random(roundSeed))
    } catch (error) {
      failed(roundSeed, error as Error)
      done++
    }
  }
  rmSync(directory, { recursive: true, force: true })
  return done
}

/** One reader, while the files change under it. */
function readOneDirectory(
  segments: string,
  samples: Samples,
  families: readonly string[],
  random: Random,
): number {
  for (const name of ['1.segment', '2.segment', 'ledger']) rmSync(join(segments, name), { force: true })
  const reader = new DirectoryReader(segments, () => NOW_MS)
  const merge = new Merge()
  const created = new CreatedTimes()
  const pages = FORMATS.map(format => {
    const Page = format.kind === 'protobuf' ? ProtobufPage : TextPage
    return new Page(merge, format, DEFAULT_NAMING, () => {}, created)
  })
  try {
    for (let read = 0; read < READS_A_READER; read++) {
      const bytes = damage(segments, samples, random)
      const begin = performance.now()
      const snapshot = reader.read()
      merge.update(snapshot)
      created.follow(snapshot)
      const which = random.below(FORMATS.length)
      const resource = mergeResources(snapshot)
      if (random.chance(0.5))
        toResourceMetrics(reported(snapshot, merge), resourceFromAttributes(resource), NOW_MS)
      const own = (naming: Naming) => preamble({ snapshot, merge, resource, nowMs: NOW_MS }, naming)
      const page = Buffer.concat([...pages[which].render(own, NO_READING)])
      expectBounded(snapshot, merge, page.length, bytes + samples.good.length)
      if (FORMATS[which].kind === 'text') expectComplete(page.toString(), families)
      const tookMs = performance.now() - begin
      if (tookMs > MAX_READ_MS) throw new Error(`a read took ${tookMs} ms`)
    }
  } finally {
    reader.close()
  }
  return READS_A_READER
}

function* reported(snapshot: Snapshot, merge: Merge): Generator<ReportedStream> {
  const since = { temporality: 'cumulative', startTimeMs: startTimeMs(snapshot, NOW_MS) } as const
  for (const cells of merge.streams.values()) yield { cells, ...since }
}

/** Text half of the time: its lines are looked at. */
const FORMATS = [
  'text/plain',
  'text/plain',
  'application/openmetrics-text; version=1.0.0; escaping=allow-utf-8',
  'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited',
].map(accept => negotiate(accept))

/** Puts damaged files beside the good one. Returns how many bytes they have. */
function damage(segments: string, samples: Samples, random: Random): number {
  const all = [...samples.segments, samples.ledger]
  const worker = random.pick([1, 1, 2])
  const original = renumber(random.pick(samples.segments), worker)
  let bytes = put(random, join(segments, `${worker}.segment`), mutate(random, original, all))
  const ledger = join(segments, 'ledger')
  if (random.chance(0.4)) bytes += put(random, ledger, mutate(random, samples.ledger, all))
  else if (random.chance(0.3)) rmSync(ledger, { force: true })
  const other = join(segments, `${worker === 1 ? 2 : 1}.segment`)
  bytes += statSync(other, { throwIfNoEntry: false })?.size ?? 0
  return bytes + (statSync(ledger, { throwIfNoEntry: false })?.size ?? 0)
}

/** In place, or as a new file; now and then with a hole behind it that makes it look huge. */
function put(random: Random, path: string, file: Buffer): number {
  if (random.chance(0.5)) rmSync(path, { force: true })
  const fd = openSync(path, random.chance(0.5) ? 'w' : 'a+', 0o600)
  writeSync(fd, file, 0, file.length, 0)
  if (random.chance(0.005)) ftruncateSync(fd, random.pick([2 ** 21, 2 ** 30, 2 ** 33]))
  closeSync(fd)
  return Math.min(statSync(path).size, MAX_SEGMENT_BYTES)
}

/** What a segment says alone it must also say in bad company, line for line. */
function expectComplete(page: string, families: readonly string[]): void {
  for (const family of families) {
    if (!page.includes(family)) throw new Error(`the page lacks ${family.split('\n', 1)[0]}`)
  }
  const wrong = page.split('\n').find(line => line !== '' && !LINE.test(line))
  if (wrong !== undefined) throw new Error(`not a line of the format: ${wrong.slice(0, 200)}`)
}

const LINE =
  /^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*|[a-zA-Z_:][a-zA-Z0-9_:]*\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\[\\"n])*",?)*\} (NaN|[+-]Inf|-?[\d.]+(e[+-]\d+)?))$/

function familiesOf(page: string): string[] {
  return page.split(/^(?=# HELP )/m).filter(family => family.startsWith('# HELP good_'))
}

function scrape(reader: DirectoryReader): string {
  const merge = new Merge()
  merge.update(reader.read())
  const page = new TextPage(merge, FORMATS[0], DEFAULT_NAMING, () => {})
  const text = Buffer.concat([...page.render(() => [], NO_READING)]).toString()
  reader.close()
  return text
}
