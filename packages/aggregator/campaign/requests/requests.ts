import { mkdirSync, rmSync } from 'node:fs'
import { type Exposer, SharedMeterProvider, startExposer } from '@tutti/aggregator'
import { parsePlainly } from '../../test/page.ts'
import type { Surroundings } from '../campaign.ts'
import { Random } from '../random.ts'
import { checkAnswers } from './answers.ts'
import { exchange } from './exchange.ts'
import { inventRequest } from './invent.ts'

export interface RequestsOptions extends Surroundings {
  readonly requests: number
}

const AT_ONCE = 16
const REQUESTS_A_SCRAPE = 50
const COUNTED = 42

/**
 * Sends damaged, hostile and merely odd bytes to an exposer. Each connection gets well-formed answers, all of them
 * allowed ones, or its end; and ordinary scrapes meanwhile get the whole page. Returns how many connections there were.
 */
export async function requests(options: RequestsOptions): Promise<number> {
  const { directory, seed, failed } = options
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const warn = () => {}
  const provider = new SharedMeterProvider({ directory, warn })
  provider.getMeter('requests').createCounter('orders').add(COUNTED, { country: 'ch' })
  const exposer = await startExposer({ directory, port: 0, thread: true, warn })
  let next = 0
  const send = async () => {
    while (next < options.requests) {
      const number = next++
      try {
        await sendOne(exposer, new Random(seed + number))
        if (number % REQUESTS_A_SCRAPE === 0) await scrape(exposer)
      } catch (error) {
        failed(`seed ${seed + number}`, error as Error)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, send))
  await exposer.close()
  await provider.shutdown()
  rmSync(directory, { recursive: true, force: true })
  return options.requests
}

async function sendOne({ url }: Exposer, random: Random): Promise<void> {
  const bytes = inventRequest(random)
  const answered = await exchange(Number(new URL(url).port), bytes, random)
  if (answered !== undefined) checkAnswers(answered, `orders_total{country="ch",`, COUNTED)
}

async function scrape({ url }: Exposer): Promise<void> {
  // A connection of its own: the others may have used up what one address is allowed.
  const response = await fetch(url, { headers: { connection: 'close' } })
  const text = await response.text()
  if (response.status !== 200)
    throw new Error(`an ordinary scrape was answered with ${response.status}: ${text}`)
  const counted = parsePlainly(text)['orders_total{country="ch"}']
  if (counted !== COUNTED) throw new Error(`an ordinary scrape counted ${counted}`)
}
