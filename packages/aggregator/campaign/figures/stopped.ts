import { setTimeout as sleep } from 'node:timers/promises'
import { startExposer } from '../../dist/index.mjs'
import { median, scrape, valueOn } from './scrape.ts'
import { Writers } from './writers.ts'

const WRITERS = 8
const STOPPED_MS = 12_000
const INTERVAL_MS = 100

/** Half of the writers are stopped with SIGSTOP for longer than any timeout, while the others count. */
export async function stopped(directory: string): Promise<string[]> {
  const writers = new Writers(directory, 100)
  const exposer = await startExposer({ directory, port: 0, thread: true })
  try {
    await writers.start(WRITERS)
    await writers.tell('start', false)
    const half = writers.children.slice(0, WRITERS / 2)
    await sleep(1_000)
    for (const child of half) child.kill('SIGSTOP')
    const times: number[] = []
    let last = 0
    let fewest = WRITERS
    for (const end = performance.now() + STOPPED_MS; performance.now() < end; await sleep(INTERVAL_MS)) {
      const { ms, text } = await scrape(exposer.url)
      const value = valueOn(text, 'work_total')
      if (!(value >= last)) throw new Error(`work_total fell from ${last} to ${value}`)
      last = value
      fewest = Math.min(fewest, valueOn(text, 'tutti_writers'))
      times.push(ms)
    }
    for (const child of half) child.kill('SIGCONT')
    await sleep(1_000)
    const answers = await writers.tell<{ counted: number }>('stop', true)
    const counted = answers.reduce((total, each) => total + each.counted, 0)
    const total = valueOn((await scrape(exposer.url)).text, 'work_total')
    if (total !== counted) throw new Error(`${counted} counted, ${total} on the page`)
    return [
      `${half.length} of ${WRITERS} writers stopped for ${STOPPED_MS / 1_000} s: ${times.length} scrapes, ${median(times).toFixed(1)} ms (median), ${Math.max(...times).toFixed(0)} ms at most; never fewer than ${fewest} writers on the page`,
      `after SIGCONT ${counted.toLocaleString('en')} counted and as many on the page; pages failed or fallen: 0`,
    ]
  } finally {
    for (const child of writers.children) child.kill('SIGCONT')
    await exposer.close()
    await writers.end()
  }
}
