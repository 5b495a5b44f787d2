import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { AggregationType } from '@opentelemetry/sdk-metrics'
import { findInNewerDebian, notRun, startPrometheus } from '@tutti/test-servers'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { startExposer } from '../../src/exposer/start-exposer.ts'
import { renderMetrics } from '../../src/exposition/render-metrics.ts'
import { foldDead } from '../../src/ledger/fold.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { requireLibc } from '../libc.ts'
import { testProvider } from '../provider.ts'

const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0'
const PROTOBUF =
  'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited'

/** Both clocks stand still until they are moved; nobody sets the monotonic one. */
function stillClocks(wallMs: number, monotonicMs: number) {
  vi.spyOn(Date, 'now').mockImplementation(() => wallMs)
  vi.spyOn(process.hrtime, 'bigint').mockImplementation(() => BigInt(Math.round(monotonicMs * 1e6)))
  return {
    pass(ms: number) {
      wallMs += ms
      monotonicMs += ms
    },
    setWall(ms: number) {
      wallMs = ms
    },
  }
}

afterEach(() => void vi.restoreAllMocks())

async function createdOn(directory: string, options: Parameters<typeof renderMetrics>[1] = {}) {
  const how = { accept: OPEN_METRICS, createdTimestamps: true, withoutScopeInfo: true, ...options }
  const { body } = await renderMetrics(directory, how)
  return body
    .toString()
    .split('\n')
    .filter(line => /_created\b/.test(line))
}

test('a counter and a histogram tell when they began, after everything else of theirs', async () => {
  const clocks = stillClocks(1_700_000_000_000, 5_000)
  const { meter, directory } = testProvider()
  clocks.pass(1_500)
  meter.createCounter('orders').add(1, { country: 'ch' })
  clocks.pass(0.25)
  meter.createHistogram('latency', { unit: 's', advice: { explicitBucketBoundaries: [1] } }).record(0.5)
  meter.createGauge('level').record(1)
  meter.createUpDownCounter('open').add(1)
  clocks.pass(3_600_000)
  const { body } = await renderMetrics(directory, { accept: OPEN_METRICS, createdTimestamps: true })
  const scope = 'otel_scope_name="test"'
  expect(body.toString()).toContain(
    `orders_total{country="ch",${scope}} 1\norders_created{country="ch",${scope}} 1700000001.5\n`,
  )
  expect(body.toString()).toContain(
    `latency_seconds_bucket{${scope},le="1.0"} 1\nlatency_seconds_bucket{${scope},le="+Inf"} 1\n` +
      `latency_seconds_sum{${scope}} 0.5\nlatency_seconds_count{${scope}} 1\nlatency_seconds_created{${scope}} 1700000001.5\n`,
  )
  expect(await createdOn(directory)).toEqual([
    'orders_created{country="ch"} 1700000001.5',
    'latency_seconds_created 1700000001.5',
  ])
})

test('without being asked for, and in text 0.0.4, there are none', async () => {
  const { meter, directory } = testProvider()
  meter.createCounter('orders').add(1)
  expect(await createdOn(directory)).toHaveLength(1)
  expect(await createdOn(directory, { createdTimestamps: false })).toEqual([])
  expect(await createdOn(directory, { accept: 'text/plain; version=0.0.4' })).toEqual([])
  expect(await createdOn(directory, { accept: 'text/plain; version=1.0.0' })).toEqual([])
})

test('what is no counter to OpenMetrics has none; a name that must be quoted stands among the labels', async () => {
  stillClocks(1_700_000_000_000, 5_000)
  const { meter, directory } = testProvider()
  meter.createCounter('http.requests').add(1)
  meter.createHistogram('http.latency').record(1)
  const accept = `${OPEN_METRICS}; escaping=allow-utf-8`
  expect(await createdOn(directory, { accept, translationStrategy: 'NoTranslation' })).toEqual([
    '{"http.latency_created"} 1700000000',
  ])
  expect(await createdOn(directory, { accept, translationStrategy: 'NoUTF8EscapingWithSuffixes' })).toEqual([
    '{"http.requests_created"} 1700000000',
    '{"http.latency_created"} 1700000000',
  ])
})

test('it is the time of the first writer, and stays so when that dies, is folded, and clocks are set', async () => {
  const libc = requireLibc()
  const clocks = stillClocks(1_700_000_000_000, 5_000)
  const first = testProvider()
  const { directory } = first
  clocks.pass(1_000)
  first.meter.createCounter('orders').add(1)
  clocks.pass(60_000)
  // Somebody sets the wall clock back by a day before the second writer begins.
  clocks.setWall(1_699_913_661_000)
  const second = testProvider({ directory })
  second.meter.createCounter('orders').add(1)
  second.meter.createCounter('late').add(1)
  const expected = ['orders_created 1700000001', 'late_created 1700000061']
  const sorted = async () => (await createdOn(directory)).toSorted().toReversed()
  expect(await sorted()).toEqual(expected)

  const reader = new DirectoryReader(directory)
  onTestFinished(() => reader.close())
  await first.provider.shutdown()
  expect(await sorted()).toEqual(expected)
  expect(foldDead(reader, libc)).toBe(1)
  expect(await sorted()).toEqual(expected)
  await second.provider.shutdown()
  expect(foldDead(reader, libc)).toBe(1)
  expect(await sorted()).toEqual(expected)
})

test('protobuf tells it of counters, classic and native histograms, and only when asked for', async () => {
  const clocks = stillClocks(1_700_000_000_000, 5_000)
  const { meter, directory } = testProvider({
    views: [{ instrumentName: 'native', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
  })
  clocks.pass(1_250)
  meter.createCounter('orders').add(1)
  meter.createHistogram('classic').record(1)
  meter.createHistogram('native').record(1)
  const created = async (createdTimestamps: boolean) => {
    const { body } = await renderMetrics(directory, { accept: PROTOBUF, createdTimestamps })
    return familiesIn(body).flatMap(family => {
      const metric = family.messages(4)[0]
      const [counter] = metric.messages(3).map(each => each.messages(3))
      const [histogram] = metric.messages(7).map(each => each.messages(15))
      return [...(counter ?? []), ...(histogram ?? [])].map(each => [
        family.text(1),
        each.number(1),
        each.number(2),
      ])
    })
  }
  expect(await created(true)).toEqual([
    ['orders_total', 1_700_000_001, 250_000_000],
    ['classic', 1_700_000_001, 250_000_000],
    ['native', 1_700_000_001, 250_000_000],
  ])
  expect(await created(false)).toEqual([])
})

test('a newer Prometheus takes a counter from zero at that time', async context => {
  const command = await findInNewerDebian('prometheus', 'prometheus')
  if (command === undefined) {
    notRun(
      'created timestamps in a newer Prometheus',
      "a newer Debian's prometheus package can't be had here",
    )
    return context.skip()
  }
  const { meter, directory } = testProvider()
  meter.createCounter('orders').add(7)
  const exposer = await startExposer({ directory, port: 0, createdTimestamps: true, thread: false })
  onTestFinished(() => exposer.close())
  const job = { job_name: 'app', static_configs: [{ targets: [new URL(exposer.url).host] }] }
  const config = JSON.stringify({ global: { scrape_interval: '1s' }, scrape_configs: [job] })
  const prometheus = await startPrometheus({
    config,
    features: ['created-timestamp-zero-ingestion'],
    command,
  })
  onTestFinished(() => prometheus?.stop())
  const [line] = await createdOn(directory)
  const createdS = Number(line.split(' ')[1])
  const samples = async () => {
    const query = encodeURIComponent('orders_total[1h]')
    const { data } = (await (await fetch(`${prometheus?.url}/api/v1/query?query=${query}`)).json()) as {
      data: { result: { values: [number, string][] }[] }
    }
    return data.result[0]?.values.slice(0, 2).map(([time, value], index) => [index === 0 ? time : 0, value])
  }
  await expect.poll(samples, { timeout: 20_000 }).toEqual([
    [createdS, '0'],
    [0, '7'],
  ])
}, 60_000)

interface Message {
  text(field: number): string
  number(field: number): number
  messages(field: number): Message[]
}

/** Delimited messages, read without knowing what they are. */
function familiesIn(body: Uint8Array): Message[] {
  const reader = new BinaryReader(body)
  const families: Message[] = []
  while (reader.pos < reader.len) families.push(messageIn(reader.bytes()))
  return families
}

function messageIn(bytes: Uint8Array): Message {
  const reader = new BinaryReader(bytes)
  const numbers = new Map<number, number>()
  const chunks = new Map<number, Uint8Array[]>()
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag()
    if (type === WireType.Varint) numbers.set(field, Number(reader.int64()))
    else if (type === WireType.LengthDelimited)
      chunks.set(field, [...(chunks.get(field) ?? []), reader.bytes()])
    else reader.skip(type, field)
  }
  return {
    text: field => Buffer.from(chunks.get(field)?.[0] ?? []).toString(),
    number: field => numbers.get(field) ?? 0,
    messages: field => (chunks.get(field) ?? []).map(messageIn),
  }
}
