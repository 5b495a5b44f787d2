// The figures of docs/sizing.md: `node packages/monitoring/sizing/measure.ts`, with everything built.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Meter } from '@opentelemetry/api'
import { SharedMeterProvider } from '@tutti/aggregator'
import { findDebianTool, freePort, startPrometheus, startVictoriaMetrics } from '@tutti/test-servers'
import { startBackend } from '../../../apps/control-plane/test/backend.ts'

const pageCount = 120
const scrapeIntervalSeconds = 15
const seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

await describeSeries('counters', (meter, attributes) => meter.createCounter('orders').add(1, attributes))
await describeSeries('histograms of 15 buckets', (meter, attributes) =>
  meter.createHistogram('latency', { advice: { explicitBucketBoundaries: seconds } }).record(1, attributes),
)

const directory = mkdtempSync('/dev/shm/tutti-sizing-')
const backend = await startBackend({ TUTTI_DIR: directory, TUTTI_TRAFFIC_RATE: '40' })
try {
  await backend.start('job-worker')
  await backend.start('traffic')
  await backend.start('traffic', { TUTTI_TRAFFIC_SCENARIO: 'errors' })
  await pause(20_000)
  const pages: string[] = []
  for (let count = 0; count < pageCount; count++) {
    pages.push(await page('application/openmetrics-text;version=1.0.0'))
    await pause(500)
  }
  describePage(await page('text/plain'))
  describeSegments()
  await describeScrapes()
  await describeRemoteWrite()
  await describeBlocks(pages)
  process.kill(backend.api.workers[0], 'SIGKILL')
  await pause(15_000)
  say('after a worker was killed', '')
  describeSegments()
} finally {
  await backend.stop()
  rmSync(directory, { recursive: true, force: true })
}

/** How a segment grows with series of three attributes. */
async function describeSeries(
  kind: string,
  record: (meter: Meter, attributes: Record<string, string>) => void,
): Promise<void> {
  const folder = mkdtempSync('/dev/shm/tutti-sizing-')
  const provider = new SharedMeterProvider({ directory: folder, cardinalityLimit: 100_000 })
  const segment = join(folder, '0.segment')
  const meter = provider.getMeter('sizing')
  const sizes: number[] = []
  for (let series = 0; series <= 20_000; series++) {
    if (series % 5_000 === 0) sizes.push(existsSync(segment) ? statSync(segment).size : 0)
    record(meter, { route: `/orders/${series}`, method: 'GET', status: '200' })
  }
  say(`segment bytes at 0, 5,000, ... 20,000 ${kind}`, sizes.join(', '))
  await provider.shutdown()
  rmSync(folder, { recursive: true, force: true })
}

async function page(accept: string): Promise<string> {
  return (await fetch(backend.metricsUrl, { headers: { accept } })).text()
}

function samplesOf(text: string): string[] {
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
}

function describePage(text: string): void {
  const samples = samplesOf(text)
  const perWorker = samples.filter(line => /[{,]worker="\d+"/.test(line))
  const workers = new Set(perWorker.map(line => /worker="(\d+)"/.exec(line)![1]))
  const buckets = samples.filter(line => /_bucket\{/.test(line))
  say('writers', workers.size)
  say('samples (series in Prometheus) a page', samples.length)
  say('  of them of one worker', perWorker.length / workers.size)
  say('  of them buckets of histograms', buckets.length)
  say('page bytes', Buffer.byteLength(text))
  say('page bytes, gzip', gzipSync(text).length)
}

function describeSegments(): void {
  for (const name of readdirSync(directory)) {
    const { size, blocks } = statSync(join(directory, name))
    say(`file ${name}`, `${size} bytes, ${blocks * 512} on memory`)
  }
}

/** What a scrape costs whoever serves it: the sidecar as it is shipped, asked as Prometheus asks. */
async function describeScrapes(): Promise<void> {
  const port = await freePort()
  const env = { ...process.env, TUTTI_DIR: directory, OTEL_EXPORTER_PROMETHEUS_PORT: `${port}` }
  const script = join(import.meta.dirname, '../../../deploy/docker/exposer.mjs')
  const exposer = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  await once(exposer.stdout, 'data')
  const scrape = async () => {
    const headers = { accept: 'application/openmetrics-text;version=1.0.0', 'accept-encoding': 'gzip' }
    await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).arrayBuffer()
  }
  for (let count = 0; count < 20; count++) await scrape()
  const before = cpuMs(exposer.pid!)
  for (let count = 0; count < 100; count++) {
    await scrape()
    await pause(20)
  }
  say('processor time of a scrape, ms', (cpuMs(exposer.pid!) - before) / 100)
  exposer.kill('SIGTERM')
}

/** User and system time; Linux counts it in hundredths of a second. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** A real Prometheus writes to a real VictoriaMetrics, one scrape a second for half a minute. */
async function describeRemoteWrite(): Promise<void> {
  const store = await startVictoriaMetrics()
  if (store === undefined) return say('remote write', "not measured: VictoriaMetrics can't be had")
  const { host, pathname } = new URL(backend.metricsUrl)
  const config = `
    scrape_configs:
      - job_name: control-plane
        scrape_interval: 1s
        metrics_path: ${pathname}
        static_configs: [{ targets: ['${host}'] }]
    remote_write: [{ url: '${store.url}/api/v1/write' }]`
  const prometheus = await startPrometheus({ config })
  if (prometheus !== undefined) {
    await pause(30_000)
    const own = await (await fetch(`${prometheus.url}/metrics`)).text()
    const read = (name: string) =>
      samplesOf(own)
        .filter(line => line.startsWith(name))
        .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0)
    const samples = read('prometheus_remote_storage_samples_total')
    say('samples written to the store', samples)
    say('bytes of remote write a sample', read('prometheus_remote_storage_bytes_total') / samples)
    say('series in Prometheus', read('prometheus_tsdb_head_series '))
    say('resident bytes of Prometheus', read('process_resident_memory_bytes'))
    const answer = await fetch(`${store.url}/api/v1/series/count`)
    say('series in the store', await answer.text())
    await prometheus.stop()
  }
  await store.stop()
}

/** Pages become a block of Prometheus' database as if they had been scraped 15 seconds apart. */
async function describeBlocks(pages: string[]): Promise<void> {
  const promtool = await findDebianTool('promtool', 'prometheus')
  if (promtool === undefined) return say('bytes a sample in Prometheus', 'not measured: promtool is not here')
  const work = mkdtempSync(join(tmpdir(), 'tutti-sizing-'))
  const startSeconds = 1_767_225_600
  const byFamily = new Map<string, string[]>()
  pages.forEach((text, index) => {
    let family = ''
    for (const line of text.split('\n')) {
      if (line.startsWith('# TYPE')) family = line
      if (line === '' || line.startsWith('#')) continue
      const sample = line.replace(/ # .*$/, '')
      const lines = byFamily.get(family) ?? []
      byFamily.set(family, lines)
      lines.push(`${sample} ${startSeconds + index * scrapeIntervalSeconds}`)
    }
  })
  const text = [...byFamily].flatMap(([family, lines]) => [family, ...lines.sort(bySeries)]).join('\n')
  writeFileSync(join(work, 'pages.txt'), `${text}\n# EOF\n`)
  execFileSync(
    promtool,
    ['tsdb', 'create-blocks-from', 'openmetrics', join(work, 'pages.txt'), join(work, 'data')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const samples = pages.reduce((total, each) => total + samplesOf(each).length, 0)
  for (const block of readdirSync(join(work, 'data'))) {
    const folder = join(work, 'data', block)
    for (const chunk of readdirSync(join(folder, 'chunks')))
      say('chunk bytes', statSync(join(folder, 'chunks', chunk)).size)
    say('index bytes', statSync(join(folder, 'index')).size)
  }
  say('samples in the block', samples)
  rmSync(work, { recursive: true, force: true })
}

/** Of one series the samples stay in order of time: the sort is stable. */
function bySeries(a: string, b: string): number {
  const [first, second] = [seriesOf(a), seriesOf(b)]
  return first < second ? -1 : first > second ? 1 : 0
}

function seriesOf(line: string): string {
  return line.slice(0, line.lastIndexOf(' ', line.lastIndexOf(' ') - 1))
}

function say(what: string, value: unknown): void {
  console.log(`${what}: ${value}`)
}
