import { statSync } from 'node:fs'
import { join } from 'node:path'
import { readMetrics } from '../../dist/index.mjs'
import { LEDGER } from '../../src/directory/files.ts'
import { foldDead } from '../../src/ledger/fold.ts'
import { loadLibc } from '../../src/segment/libc.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { median } from './scrape.ts'
import { Writers } from './writers.ts'

const SERIES = 5_000
const COUNTS = [1, 4, 16, 64]
const ROUNDS = 5

/** How long it takes whoever folds when so many writers have died at once, and once more when there is a ledger already. */
export async function fold(directory: string): Promise<string[]> {
  const lines: string[] = []
  for (const count of COUNTS) {
    const own = join(directory, String(count))
    // While somebody lives the run goes on, and its ledger with it.
    const living = new Writers(own, 0)
    await living.start(1)
    const times: number[] = []
    for (let round = 1; round <= ROUNDS; round++) {
      const writers = new Writers(own, SERIES)
      await writers.start(count)
      await writers.tell('touch', true)
      await writers.end()
      times.push(foldTimed(own, count))
      await expectCounted(own, count * round)
    }
    await living.end()
    const ledgerBytes = statSync(join(own, LEDGER)).size
    lines.push(
      `${count} dead with ${SERIES.toLocaleString('en')} series each: ${times[0]!.toFixed(0)} ms without a ledger, ${median(times.slice(1)).toFixed(0)} ms with one, which has ${(ledgerBytes / 1e6).toFixed(1)} MB`,
    )
  }
  return lines
}

function foldTimed(directory: string, count: number): number {
  const loaded = loadLibc()
  if (!('libc' in loaded)) throw new Error('there is no libc here')
  const reader = new DirectoryReader(directory)
  try {
    const start = performance.now()
    const folded = foldDead(reader, loaded.libc)
    const ms = performance.now() - start
    if (folded !== count) throw new Error(`${folded} of ${count} were folded`)
    return ms
  } finally {
    reader.close()
  }
}

/** Each of them touched each series once. */
async function expectCounted(directory: string, touches: number): Promise<void> {
  const { scopeMetrics } = await readMetrics(directory)
  const counters = scopeMetrics.flatMap(({ metrics }) =>
    metrics.filter(({ descriptor }) => descriptor.name === 'requests'),
  )
  const values = counters.flatMap(({ dataPoints }) => dataPoints.map(({ value }) => value))
  const wrong = values.filter(value => value !== touches)
  if (values.length === 0 || wrong.length > 0)
    throw new Error(`${wrong.length} of ${values.length} are not ${touches} after the fold: ${wrong[0]}`)
}
