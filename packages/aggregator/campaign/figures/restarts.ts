import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startExposer } from '../../dist/index.mjs'
import { median, scrape, valueOn } from './scrape.ts'
import { Writers } from './writers.ts'

const RESTARTS = 1_000
const AT_ONCE = 4
const PROGRAM = fileURLToPath(new URL('../../test/apps/short-lived.ts', import.meta.url))

/** 1,000 processes that count once and end, every second one by SIGKILL, beside writers that count all the time. */
export async function restarts(directory: string): Promise<string[]> {
  const writers = new Writers(directory, 1_000)
  const exposer = await startExposer({ directory, port: 0, thread: true })
  try {
    await writers.start(2)
    await writers.tell('start', false)
    let next = 0
    let most = 0
    const live = async () => {
      while (next < RESTARTS) {
        const env = {
          ...process.env,
          TEST_DIRECTORY: directory,
          TEST_END: next++ % 2 === 0 ? 'kill' : 'exit',
        }
        await once(spawn(process.execPath, [PROGRAM], { env, stdio: 'inherit' }), 'exit')
        most = Math.max(most, readdirSync(directory).length)
      }
    }
    const times: number[] = []
    let last = [0, 0]
    let running = true
    const scraping = (async () => {
      while (running) {
        const { ms, text } = await scrape(exposer.url)
        const now = [valueOn(text, 'runs_total') || 0, valueOn(text, 'work_total') || 0]
        if (now.some((value, each) => value < last[each])) throw new Error(`${last} fell to ${now}`)
        last = now
        times.push(ms)
      }
    })()
    const begin = performance.now()
    await Promise.all(Array.from({ length: AT_ONCE }, live))
    const seconds = (performance.now() - begin) / 1_000
    running = false
    await scraping
    const { text } = await scrape(exposer.url)
    const [runs, share] = [valueOn(text, 'runs_total'), valueOn(text, 'share_sum')]
    if (runs !== RESTARTS || share !== RESTARTS / 10) throw new Error(`${runs} runs, shares of ${share}`)
    return [
      `${RESTARTS.toLocaleString('en')} processes in ${seconds.toFixed(0)} s, half of them killed, beside 2 writers that count all the time: ${runs} counted, the tenths add up to ${share} exactly`,
      `${times.length.toLocaleString('en')} scrapes meanwhile, ${median(times).toFixed(0)} ms (median), ${Math.max(...times).toFixed(0)} ms at most; failed or fallen: 0`,
      `never more than ${most} files in the directory, ${readdirSync(directory).length} in the end`,
    ]
  } finally {
    await exposer.close()
    await writers.end()
  }
}
