import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { notRun, startPrometheus } from '@tutti/test-servers'
import { expect, onTestFinished, type TestContext, test } from 'vitest'
import { forkApp } from '../apps/fork.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const BOUNDS = [0, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Passes scrapes on, noting what was asked for and answered; with `accept` it asks for that instead. */
async function listenBetween(url: string, accept?: string) {
  const types: string[] = []
  const server = createServer((request, response) => {
    const headers = {
      accept: accept ?? request.headers.accept,
      'accept-encoding': request.headers['accept-encoding'],
    }
    get(url, { headers }, page => {
      types.push(String(page.headers['content-type']).split(';')[0])
      response.writeHead(page.statusCode ?? 500, page.headers)
      page.pipe(response)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { target: `127.0.0.1:${(server.address() as AddressInfo).port}`, types }
}

async function scrapeWithPrometheus(context: TestContext, target: string, features: string[]) {
  const job = { job_name: 'app', static_configs: [{ targets: [target] }] }
  const config = JSON.stringify({ global: { scrape_interval: '1s' }, scrape_configs: [job] })
  const prometheus = await startPrometheus({ config, features })
  if (prometheus === undefined) {
    notRun(
      'scrapes by a real Prometheus',
      "Debian's prometheus package is not here and could not be installed",
    )
    return context.skip()
  }
  onTestFinished(() => prometheus.stop())
  const api = async (path: string) => {
    const response = await fetch(`${prometheus.url}/api/v1/${path}`)
    return ((await response.json()) as { data: { result?: unknown } }).data
  }
  const query = async (promql: string) => {
    const { result } = (await api(`query?query=${encodeURIComponent(promql)}`)) as {
      result: { value: [number, string] }[]
    }
    return result.map(({ value }) => Number(value[1]))
  }
  await expect.poll(() => query('orders_total'), { timeout: 60_000 }).toEqual([3_000])
  return { api, query }
}

test('a real Prometheus scrapes every format of a clustered app, and they say the same', async context => {
  const app = forkApp('scraped.ts', { TEST_DIRECTORY: temporaryDirectory() })
  const url = await app.message<string>('url')

  const text = await listenBetween(url, 'text/plain;version=0.0.4')
  const openMetrics = await listenBetween(url)
  const protobuf = await listenBetween(url)
  const byText = await scrapeWithPrometheus(context, text.target, [])
  const byOpenMetrics = await scrapeWithPrometheus(context, openMetrics.target, ['exemplar-storage'])
  const byProtobuf = await scrapeWithPrometheus(context, protobuf.target, [
    'native-histograms',
    'exemplar-storage',
  ])
  expect(new Set(text.types)).toEqual(new Set(['text/plain']))
  expect(new Set(openMetrics.types)).toEqual(new Set(['application/openmetrics-text']))
  expect(new Set(protobuf.types)).toEqual(new Set(['application/vnd.google.protobuf']))

  for (const quantile of [0.1, 0.5, 0.9, 0.99]) {
    const [classic] = await byText.query(`histogram_quantile(${quantile}, latency_seconds_bucket)`)
    for (const other of [byOpenMetrics, byProtobuf]) {
      expect(await other.query(`histogram_quantile(${quantile}, latency_seconds_bucket)`)).toEqual([classic])
    }
    const [native] = await byProtobuf.query(`histogram_quantile(${quantile}, latency_native_seconds)`)
    const bucketOf = (value: number) => BOUNDS.findIndex(bound => value <= bound)
    expect(bucketOf(native), `${quantile}: classic ${classic}, native ${native}`).toBe(bucketOf(classic))
  }
  expect(await byProtobuf.query('histogram_count(latency_native_seconds)')).toEqual([3_000])

  for (const { api } of [byOpenMetrics, byProtobuf]) {
    const now = Date.now() / 1_000
    const series = (await api(`query_exemplars?query=orders_total&start=${now - 300}&end=${now}`)) as {
      exemplars: { labels: Record<string, string>; value: string }[]
    }[]
    expect(series[0].exemplars[0]).toMatchObject({
      labels: { trace_id: 'c0ffee'.padEnd(32, '0'), span_id: 'f00d'.padEnd(16, '0') },
      value: '1',
    })
  }
}, 240_000)
