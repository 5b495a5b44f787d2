import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { forkApp } from '../apps/fork.ts'
import { parsePage } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

/** At least so many are timed, and at most so many until one is fast enough. */
const SCRAPES = { least: 30, most: 1_000 }

/** The fastest of many, which other work on this machine does not change: what waits for a blocked loop has none. */
async function timeScrapes(
  url: string,
  enoughMs: number,
): Promise<{ fastestMs: number; samples: Map<string, number> }> {
  let fastestMs = Number.POSITIVE_INFINITY
  let samples = new Map<string, number>()
  for (let each = 0; each < SCRAPES.least || (each < SCRAPES.most && fastestMs > enoughMs); each++) {
    const start = performance.now()
    const text = await (await fetch(url)).text()
    fastestMs = Math.min(fastestMs, performance.now() - start)
    samples = parsePage(text)
    await sleep(10)
  }
  return { fastestMs, samples }
}

test.each(['spinWorker', 'spin'])(
  'a process that spins for ever (%s) neither delays a scrape nor takes a value off it',
  async message => {
    const directory = temporaryDirectory()
    const notes = `${directory}-notes`
    mkdirSync(notes, { recursive: true })
    const app = forkApp('clustered.ts', { TEST_DIRECTORY: directory, TEST_NOTES: notes, TEST_WORKERS: '2' })
    const url = await app.message<string>('url')
    await sleep(500)
    const before = await timeScrapes(url, Number.POSITIVE_INFINITY)
    const enoughMs = 3 * before.fastestMs + 5

    const spinning = app.message('spinning')
    app.child.send({ [message]: true })
    await spinning
    const during = await timeScrapes(url, enoughMs)

    expect([...before.samples.keys()].filter(name => !during.samples.has(name))).toEqual([])
    const names = [...before.samples.keys()].filter(name => name.startsWith('operations_total'))
    expect(names).toHaveLength(2)
    for (const name of names)
      expect(during.samples.get(name)).toBeGreaterThanOrEqual(before.samples.get(name)!)
    expect(during.fastestMs).toBeLessThanOrEqual(enoughMs)
  },
)
