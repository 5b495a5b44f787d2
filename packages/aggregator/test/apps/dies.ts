/** Joins, publishes, grows, records and folds, and notes what it has begun and finished: to be killed meanwhile. */

import { DYING_STREAMS, NOTE, paddingOf, valueIn } from '../../campaign/crash/dying.ts'
import { publish } from '../../campaign/publish.ts'
import { joinDirectory } from '../../src/directory/join.ts'
import { foldDead } from '../../src/ledger/fold.ts'
import { loadLibc } from '../../src/segment/libc.ts'
import type { SegmentWriter } from '../../src/segment/writer.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'

interface Steps {
  begin(): void
  note(index: number, value: number): void
  count(): number
}

const { TEST_DIRECTORY: directory = '', TEST_STORE } = process.env
const store = TEST_STORE === 'heap' ? 'heap' : 'mapped'
const { steps } = process as unknown as { steps: Steps }
const warn = (line: string) => {
  if (!line.startsWith('the heap store was asked for')) console.error(line)
}

steps.begin()
const writer = join()
const streams = DYING_STREAMS.map(definition => publish(writer, definition))
let round = 0
record(12)
if (store === 'mapped') fold()
record(8)
join().end()
if (store === 'mapped') fold()
record(8)
steps.note(NOTE.steps, steps.count())
process.exit()

function join(): SegmentWriter {
  return joinDirectory(directory, { warn, store })
}

/** In every round every stream gets a new series and records one value. What a heap writer shares counts as done. */
function record(rounds: number): void {
  for (const end = round + rounds; round < end; round++) {
    streams.forEach((publishSeries, stream) => {
      steps.note(NOTE.streams + 2 * stream, round + 1)
      publishSeries([
        ['padding', paddingOf(round)],
        ['round', round],
      ]).record(valueIn(round))
      if (store === 'mapped') steps.note(NOTE.streams + 2 * stream + 1, round + 1)
    })
    if (store === 'mapped') continue
    writer.beat(Date.now(), 0)
    for (const stream of streams.keys()) steps.note(NOTE.streams + 2 * stream + 1, round + 1)
  }
}

function fold(): void {
  const loaded = loadLibc()
  if (!('libc' in loaded)) return
  const reader = new DirectoryReader(directory)
  foldDead(reader, loaded.libc)
  reader.close()
}
