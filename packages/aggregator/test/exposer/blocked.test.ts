import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { forkApp } from '../apps/fork.ts'
import { parsePage } from '../page.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const SCRAPES = 30

async function timeScrapes(url: string): Promise<{ fastestMs: number; samples: Map<string, number> }> {
  const times: number[] = []
  let samples = new Map<string, number>()
  for (let each = 0; each < SCRAPES; each++) {
    const start = performance.now()
    const text = await (await fetch(url)).text()
    times.push(performance.now() - start)
    samples = parsePage(text)
    await sleep(10)
  }
  return { fastestMs: Math.min(...times), samples }
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
    const before = await timeScrapes(url)

    const spinning = app.message('spinning')
    app.child.send({ [message]: true })
    await spinning
    const during = await timeScrapes(url)

    expect([...before.samples.keys()].filter(name => !during.samples.has(name))).toEqual([])
    const names = [...before.samples.keys()].filter(name => name.startsWith('operations_total'))
    expect(names).toHaveLength(2)
    for (const name of names)
      expect(during.samples.get(name)).toBeGreaterThanOrEqual(before.samples.get(name)!)
    // The fastest of many, which other work on this machine does not change: what waits for a blocked loop has none.
    expect(during.fastestMs).toBeLessThanOrEqual(3 * before.fastestMs + 5)
  },
)
