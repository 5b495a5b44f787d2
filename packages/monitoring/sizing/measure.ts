// The figures of docs/sizing.md: `npm run --workspace @tutti/monitoring sizing`, with everything built.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { startBackend } from '../../../apps/control-plane/test/backend.ts'
import { describeBlocks } from './blocks.ts'
import { samplesOf, say } from './page.ts'
import { describeRemoteWrite } from './remote-write.ts'
import { describeScrapes } from './scrapes.ts'
import { describeSeries } from './series.ts'

const pageCount = 120
const seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

await describeSeries('counters', (meter, attributes) => meter.createCounter('orders').add(1, attributes))
await describeSeries('histograms of 15 buckets', (meter, attributes) =>
  meter.createHistogram('latency', { advice: { explicitBucketBoundaries: seconds } }).record(1, attributes),
)

const directory = mkdtempSync('/dev/shm/tutti-sizing-')
const backend = await startBackend({ TUTTI_DIR: directory, CONTROL_PLANE_TRAFFIC_RATE: '40' })
try {
  await backend.start('job-worker')
  await backend.start('traffic')
  await backend.start('traffic', { CONTROL_PLANE_TRAFFIC_SCENARIO: 'errors' })
  await pause(20_000)
  const pages: string[] = []
  for (let count = 0; count < pageCount; count++) {
    pages.push(await page('application/openmetrics-text;version=1.0.0'))
    await pause(500)
  }
  describePage(await page('text/plain'))
  describeSegments()
  await describeScrapes(directory)
  await describeRemoteWrite(backend.metricsUrl)
  await describeBlocks(pages)
  process.kill(backend.api.workers[0], 'SIGKILL')
  await pause(15_000)
  say('after a worker was killed', '')
  describeSegments()
} finally {
  await backend.stop()
  rmSync(directory, { recursive: true, force: true })
}

async function page(accept: string): Promise<string> {
  return (await fetch(backend.metricsUrl, { headers: { accept } })).text()
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
