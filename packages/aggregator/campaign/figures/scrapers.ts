import { startExposer } from '../../dist/index.mjs'
import { median, quantile, scrape, valueOn } from './scrape.ts'
import { Writers } from './writers.ts'

const WRITERS = 8
const SCRAPERS = 50
const PAGES_A_SCRAPER = 40

/** 50 scrapers at once, without a pause, while all writers count as fast as they can. */
export async function scrapers(directory: string): Promise<string[]> {
  const writers = new Writers(directory, 1_000)
  const exposer = await startExposer({ directory, port: 0, thread: true })
  try {
    await writers.start(WRITERS)
    await writers.tell('start', false)
    const times: number[] = []
    const one = async () => {
      let last = 0
      for (let pages = 0; pages < PAGES_A_SCRAPER; pages++) {
        const { ms, text } = await scrape(exposer.url)
        const value = valueOn(text, 'work_total')
        if (!(value >= last)) throw new Error(`work_total fell from ${last} to ${value}`)
        last = value
        times.push(ms)
      }
    }
    const begin = performance.now()
    await Promise.all(Array.from({ length: SCRAPERS }, one))
    const seconds = (performance.now() - begin) / 1_000
    const counted = sum((await writers.tell<{ counted: number }>('stop', true)).map(each => each.counted))
    const total = valueOn((await scrape(exposer.url)).text, 'work_total')
    if (total !== counted) throw new Error(`${counted} counted, ${total} on the page`)
    return [
      `${SCRAPERS} scrapers at once, ${times.length.toLocaleString('en')} pages in ${seconds.toFixed(1)} s (${(times.length / seconds).toFixed(0)} a second), ${WRITERS} writers counting ${(counted / seconds / 1e6).toFixed(0)} million a second meanwhile`,
      `a page took ${median(times).toFixed(0)} ms (median), ${quantile(times, 0.99).toFixed(0)} ms (99 %), ${Math.max(...times).toFixed(0)} ms at most`,
      `pages failed or fallen: 0; in the end ${counted.toLocaleString('en')} counted and as many on the page`,
    ]
  } finally {
    await exposer.close()
    await writers.end()
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0)
}
