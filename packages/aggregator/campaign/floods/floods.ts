import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SharedMeterProvider, startExposer } from '@tutti/aggregator'
import { parsePlainly } from '../../test/page.ts'
import type { Surroundings } from '../campaign.ts'
import { readNotes } from '../lives/notes.ts'
import { Random } from '../random.ts'

export interface FloodsOptions extends Surroundings {
  /** How many processes flood the service until they are killed, three at a time. */
  readonly floods: number
  readonly said?: (line: string) => void
}

const PROGRAM = fileURLToPath(new URL('flooder.ts', import.meta.url))
const AT_ONCE = 3
/** Series an instrument may have: the others are one series more. */
const LIMIT = 500
const INSTRUMENTS = ['requests_total', 'sizes_count']
/** Two instruments of {@link LIMIT} series with values of at most 220 characters, five lines for a histogram. */
const MOST_PAGE_BYTES = 2_500_000
/** What each of the living may have in its segment, and the ledger. */
const MOST_DIRECTORY_BYTES = (AT_ONCE + 3) * 4_000_000

/**
 * Processes whose labels explode, one after the other: nothing is left out of the sums, and neither the page nor the
 * directory grows with what they invent. Returns how many were killed.
 */
export async function floods(options: FloodsOptions): Promise<number> {
  const { directory: folder, seed, failed, said = () => {} } = options
  const directory = join(folder, 'segments')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const random = new Random(seed)
  const warn = () => {}
  // The run goes on while this one lives.
  const anchor = new SharedMeterProvider({ directory, warn })
  const exposer = await startExposer({ directory, port: 0, thread: true, warn })
  const scrape = async () => {
    const text = await (await fetch(exposer.url)).text()
    return { bytes: text.length, page: parsePlainly(text) }
  }
  const most = { pageBytes: 0, directoryBytes: 0, records: 0 }
  try {
    for (let begun = 0; begun < options.floods; begun += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, (_, each) => flood(folder, begun + each, random)))
      const truth = truthOf(folder)
      const { bytes, page } = await scrape()
      const problems = check(page, truth)
      most.records = truth.begun
      most.pageBytes = Math.max(most.pageBytes, bytes)
      most.directoryBytes = Math.max(most.directoryBytes, bytesIn(directory))
      if (bytes > MOST_PAGE_BYTES) problems.push(`the page has ${bytes} bytes`)
      if (most.directoryBytes > MOST_DIRECTORY_BYTES)
        problems.push(`the directory has ${most.directoryBytes} bytes`)
      if (problems.length > 0)
        failed(`seed ${seed}, after ${begun + AT_ONCE} floods`, new Error(problems.join('; ')))
    }
    said(
      `${most.records} records with labels of their own; page ${most.pageBytes} bytes at most, directory ` +
        `${most.directoryBytes}`,
    )
  } finally {
    await exposer.close()
    await anchor.shutdown()
    rmSync(folder, { recursive: true, force: true })
  }
  return Math.ceil(options.floods / AT_ONCE) * AT_ONCE
}

/** One process, killed after some thousand records. */
async function flood(folder: string, number: number, random: Random): Promise<void> {
  const child = fork(PROGRAM, {
    env: {
      ...{ ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: join(folder, 'compiled') },
      ...{ TEST_DIRECTORY: join(folder, 'segments'), TEST_NOTES: join(folder, `${number}.notes`) },
      TEST_LIMIT: String(LIMIT),
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const limit = 500 + random.below(4_000)
  child.on('message', ({ count }: { count: number }) => {
    if (count >= limit) child.kill('SIGKILL')
  })
  await ended
}

function truthOf(folder: string): { begun: number; finished: number } {
  const truth = { begun: 0, finished: 0 }
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.notes')) continue
    const { begun, finished } = readNotes(join(folder, name))
    truth.begun += begun
    truth.finished += finished
  }
  return truth
}

function check(page: Record<string, number>, truth: { begun: number; finished: number }): string[] {
  return INSTRUMENTS.flatMap(name => {
    const series = Object.entries(page).filter(([sample]) => sample.startsWith(`${name}{`))
    const sum = series.reduce((total, [, value]) => total + value, 0)
    const problems: string[] = []
    if (sum < truth.finished || sum > truth.begun)
      problems.push(`${name} is ${sum}; ${truth.finished} were finished and ${truth.begun} begun`)
    if (series.length > LIMIT + 1) problems.push(`${name} has ${series.length} series`)
    return problems
  })
}

function bytesIn(directory: string): number {
  return readdirSync(directory).reduce((sum, name) => {
    // Files come and go.
    return sum + (statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0)
  }, 0)
}
