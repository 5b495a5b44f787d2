import { readdirSync, statSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { createRandom } from '../random.ts'
import { findGrowth, type Growth, type Sample } from './growth.ts'
import { type Measured, type Service, startService } from './service.ts'

export interface SoakOptions {
  seed: number
  /** A day has 5,760 of them, one every 15 seconds. */
  scrapes: number
  /** Ends of workers, spread over the scrapes: four an hour make 96 a day. */
  restarts: number
  failed: (what: string) => void
  /**
   * Whether resident memory is judged, too. In a run of seconds on a busy machine it tells when V8 came to compile
   * and to collect, not what leaks; a run of minutes has a plateau.
   */
  resident: boolean
  /** Told of every sample. */
  sampled?: (sample: Sample) => void
}

const SAMPLES = 24
const DAYS = 4
const REQUESTS_A_SCRAPE = 4
const PAGES = 12
const ACCEPTS = [
  'text/plain',
  'application/openmetrics-text',
  'application/vnd.google.protobuf; encoding=delimited',
]

/** A day of a clustered service in minutes. Returns how many things were checked. */
export async function soak(options: SoakOptions): Promise<number> {
  const { seed, scrapes, resident, failed } = options
  const random = createRandom(seed)
  const service = await startService()
  try {
    // What grows in one day and stays there in the next was compiled or cached late; a leak grows on every day.
    let growths: Growth[] = []
    let measureCount = 0
    let days = 0
    do {
      const samples = await liveThroughDay(service, random, options)
      days++
      const found = findGrowth(resident ? samples : samples.map(withoutResident))
      const before = new Set(growths.map(({ name }) => name))
      growths = found.growths.filter(({ name }) => days === 1 || before.has(name))
      measureCount = found.measureCount
    } while (growths.length > 0 && days < DAYS)
    for (const { line } of growths) failed(`${line}, on each of ${days} days`)
    const visits = days * scrapes * REQUESTS_A_SCRAPE
    const counted = await readVisits(service)
    if (counted !== visits) failed(`${visits} visits were made and ${counted} counted`)
    return measureCount + 1
  } finally {
    await service.stop()
  }
}

async function liveThroughDay(
  service: Service,
  random: () => number,
  { scrapes, restarts, sampled }: SoakOptions,
): Promise<Sample[]> {
  const samples: Sample[] = []
  for (let scrape = 1; scrape <= scrapes; scrape++) {
    for (let request = 0; request < REQUESTS_A_SCRAPE; request++) await visit(service, random)
    await scrapeOnce(service, random)
    if (isDue(scrape, scrapes, restarts)) {
      await service.restart((['kill', 'disconnect', 'exit'] as const)[Math.floor(random() * 3)]!)
      service.startThread()
    }
    if (isDue(scrape, scrapes, SAMPLES)) {
      const sample = await takeSample(service)
      sampled?.(sample)
      samples.push(sample)
    }
  }
  return samples
}

/** True `times` times in all, evenly. */
function isDue(step: number, steps: number, times: number): boolean {
  return Math.floor((step * times) / steps) > Math.floor(((step - 1) * times) / steps)
}

async function visit({ port }: Service, random: () => number): Promise<void> {
  // Some keep their connection, some bring a new one.
  const headers: Record<string, string> = random() < 0.3 ? { connection: 'close' } : {}
  const url = `http://127.0.0.1:${port}/${Math.floor(random() * PAGES)}`
  await (await fetch(url, { headers })).text()
}

/** A reader now and then is another one: another format, two at once, or one that goes away again. */
async function scrapeOnce(service: Service, random: () => number): Promise<void> {
  const accept = ACCEPTS[Math.floor(random() * ACCEPTS.length)]!
  const read = async (): Promise<void> => {
    const response = await fetch(service.pageUrl, { headers: { accept } })
    await response.arrayBuffer()
  }
  await Promise.all(random() < 0.1 ? [read(), read()] : [read()])
  if (random() < 0.1) {
    const { hostname, port } = new URL(service.pageUrl)
    const socket = createConnection(Number(port), hostname, () => {
      socket.end('GET /metrics HTTP/1.1\r\n').destroy()
    })
  }
}

async function takeSample(service: Service): Promise<Sample> {
  const { primary, worker } = await service.measure()
  const files = readdirSync(service.directory)
  const page = await (await fetch(service.pageUrl)).arrayBuffer()
  return {
    ...named('primary', primary),
    ...named('worker', worker),
    'directory fileCount': files.length,
    'directory bytes': files.reduce((sum, file) => sum + sizeOf(join(service.directory, file)), 0),
    'page bytes': page.byteLength,
  }
}

function named(process: string, measured: Measured): Sample {
  return Object.fromEntries(Object.entries(measured).map(([name, value]) => [`${process} ${name}`, value]))
}

function withoutResident(sample: Sample): Sample {
  return Object.fromEntries(Object.entries(sample).filter(([name]) => !name.endsWith(' residentBytes')))
}

/** Files come and go. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

async function readVisits({ pageUrl }: Service): Promise<number> {
  const text = await (await fetch(pageUrl)).text()
  return [...text.matchAll(/^visits_total\{.*\} (\d+)$/gm)].reduce((sum, [, value]) => sum + Number(value), 0)
}
