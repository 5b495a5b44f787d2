import { expect, test } from 'vitest'
import { renderMetrics } from '../../src/exposition/render-metrics.ts'
import { foldDead } from '../../src/ledger/fold.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { forkApp } from '../apps/fork.ts'
import { requireLibc } from '../libc.ts'
import { parsePlainly } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

/** Worker 0 says 4, worker 1 says 6; worker 0 is killed; a new one takes its number and says 5. */
interface Expected {
  both: number | Record<string, number>
  afterDeath: number | Record<string, number>
  afterReuse: number | Record<string, number>
}

/** The table of docs/merging.md: Python's multiprocess mode, ours, and what it says. */
const MODES: [python: string, merge: string, Expected][] = [
  ['all', 'perWorker+dead', { both: { 0: 4, 1: 6 }, afterDeath: { 0: 4, 1: 6 }, afterReuse: { 0: 5, 1: 6 } }],
  ['liveall', 'perWorker-dead', { both: { 0: 4, 1: 6 }, afterDeath: { 1: 6 }, afterReuse: { 0: 5, 1: 6 } }],
  ['min', 'min+dead', { both: 4, afterDeath: 4, afterReuse: 4 }],
  ['livemin', 'min-dead', { both: 4, afterDeath: 6, afterReuse: 5 }],
  ['max', 'max+dead', { both: 6, afterDeath: 6, afterReuse: 6 }],
  ['livemax', 'max-dead', { both: 6, afterDeath: 6, afterReuse: 6 }],
  ['sum', 'sum+dead', { both: 10, afterDeath: 10, afterReuse: 15 }],
  ['livesum', 'sum-dead', { both: 10, afterDeath: 6, afterReuse: 11 }],
  ['mostrecent', 'last+dead', { both: 6, afterDeath: 6, afterReuse: 5 }],
  ['livemostrecent', 'last-dead', { both: 6, afterDeath: 6, afterReuse: 5 }],
  ['(none)', 'average+dead', { both: 5, afterDeath: 5, afterReuse: 5 }],
  ['(none)', 'average-dead', { both: 5, afterDeath: 6, afterReuse: 5.5 }],
]

test.each(MODES)(
  "%s, which is %s here, before and after a writer's death",
  async (_, merge, { both, afterDeath, afterReuse }) => {
    const libc = requireLibc()
    const directory = temporaryDirectory()
    // An up-down counter does not know which of its values is the last: it keeps its own way, with one line.
    const instruments = merge.startsWith('last') ? ['gauge', 'observed'] : ['gauge', 'observed', 'changed']
    const env = { TEST_DIRECTORY: directory, TUTTI_MERGE: instruments.map(each => `${each}=${merge}`).join() }
    const start = async (value: number) => {
      const app = forkApp('gauges.ts', { ...env, TEST_VALUE: String(value) })
      await app.message('said')
      return app
    }
    const says = async (expected: number | Record<string, number>) => {
      const samples = parsePlainly((await renderMetrics(directory)).body.toString())
      const wanted = instruments.flatMap(name =>
        typeof expected === 'number'
          ? [[name, expected]]
          : Object.entries(expected).map(([worker, value]) => [`${name}{worker="${worker}"}`, value]),
      )
      const ours = Object.entries(samples).filter(([name]) => instruments.includes(name.split('{')[0]))
      expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(wanted))
    }

    const first = await start(4)
    const second = await start(6)
    await says(both)
    await first.end('SIGKILL')
    await says(afterDeath)
    const reader = new DirectoryReader(directory)
    expect(foldDead(reader, libc)).toBe(1)
    reader.close()
    await says(afterDeath)
    await start(5)
    await says(afterReuse)
    expect(second.output()).toBe('')
  },
)

test('of two who have died, the one who spoke last stands by "last" with the dead, and nobody without', async () => {
  for (const [dead, expected] of [['+', 7] as const, ['-', undefined] as const]) {
    const directory = temporaryDirectory()
    for (const value of [3, 7]) {
      const app = forkApp('gauges.ts', {
        TEST_DIRECTORY: directory,
        TUTTI_MERGE: `gauge=last${dead}dead`,
        TEST_VALUE: String(value),
      })
      await app.message('said')
      await app.end('SIGKILL')
      if (value === 7) break
      // The run goes on while somebody lives.
      await forkApp('contender.ts', { TEST_DIRECTORY: directory }).message('counted')
    }
    const samples = parsePlainly((await renderMetrics(directory)).body.toString())
    expect(samples.gauge).toBe(expected)
  }
})
