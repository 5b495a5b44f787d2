import { statfsSync } from 'node:fs'
import { startExposer } from '../../dist/index.mjs'
import { median, scrape, valueOn } from './scrape.ts'
import { Writers } from './writers.ts'

const WRITERS = 64
const SERIES = 20_000
const SCRAPES = 9

/** 64 processes with 20,000 series each, scraped over HTTP while every series changes. */
export async function large(directory: string): Promise<string[]> {
  const memoryBytes = () => {
    const { blocks, bfree, bsize } = statfsSync('/dev/shm')
    return (blocks - bfree) * bsize
  }
  const before = { shm: memoryBytes(), rss: process.memoryUsage.rss() }
  const writers = new Writers(directory, SERIES)
  const exposer = await startExposer({ directory, port: 0, thread: true })
  try {
    await writers.start(WRITERS)
    const shm = memoryBytes() - before.shm
    await writers.tell('touch', true)
    const first = await scrape(exposer.url)
    expectAll(first.text, 1)
    const times: number[] = []
    for (let scrapes = 2; scrapes <= SCRAPES + 1; scrapes++) {
      await writers.tell('touch', true)
      const { ms, text } = await scrape(exposer.url)
      expectAll(text, scrapes)
      times.push(ms)
    }
    const rss = process.memoryUsage.rss() - before.rss
    return [
      `${WRITERS} processes x ${SERIES.toLocaleString('en')} series, 4,000 of them histograms`,
      `first scrape ${first.ms.toFixed(0)} ms, later ones ${median(times).toFixed(0)} ms (${Math.min(...times).toFixed(0)}-${Math.max(...times).toFixed(0)}), every series changed in between`,
      `page ${(first.bytes / 1e6).toFixed(1)} MB; segments ${(shm / 1e6).toFixed(0)} MB on memory, ${(shm / WRITERS / 1e6).toFixed(1)} MB a writer; the exposer's process grew by ${(rss / 1e6).toFixed(0)} MB`,
      `samples wrong: 0 of ${(SCRAPES + 1) * (16_000 + 4_000)} counts`,
    ]
  } finally {
    await exposer.close()
    await writers.end()
  }
}

/** Every counter and every histogram's count on the page. */
function expectAll(text: string, times: number): void {
  const counts = text.split('\n').filter(line => /^(requests_total|latency_seconds_count)\{/.test(line))
  const wrong = counts.filter(line => !line.endsWith(` ${WRITERS * times}`))
  if (counts.length !== SERIES || wrong.length > 0)
    throw new Error(`${wrong.length} of ${counts.length} wrong: ${wrong[0]} instead of ${WRITERS * times}`)
  const writers = valueOn(text, 'tutti_writers')
  if (writers !== WRITERS) throw new Error(`${writers} writers`)
}
