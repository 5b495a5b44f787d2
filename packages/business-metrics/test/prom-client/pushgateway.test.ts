import { once } from 'node:events'
import { Agent, createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { gunzipSync } from 'node:zlib'
import promClient from 'prom-client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as ours from '../../src/prom-client/index.ts'

type Client = Pick<typeof promClient, 'Counter' | 'Histogram' | 'Pushgateway' | 'Registry'>

interface Request {
  method: string | undefined
  url: string | undefined
  body: string
  headers: Partial<IncomingHttpHeaders>
}

let server: Server
let base: string
let requests: Request[]

beforeEach(async () => {
  requests = []
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method, url, headers } = request
    const isZipped = headers['content-encoding'] === 'gzip'
    const body = Buffer.concat(chunks)
    const { authorization } = headers
    requests.push({
      method,
      url,
      body: String(isZipped ? gunzipSync(body) : body),
      headers: { ...(authorization && { authorization }) },
    })
    response.statusCode = url?.includes('refused') ? 400 : 202
    if (!url?.includes('slow')) response.end('said')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  base = `127.0.0.1:${port}`
})

afterEach(() => {
  server.closeAllConnections()
  server.close()
})

async function pushAll({ Counter, Pushgateway, Registry }: Client): Promise<unknown[]> {
  const registry = new Registry()
  new Counter({ name: 'jobs_total', help: 'Jobs.', registers: [registry] }).inc(3)
  const zipped = { headers: { 'Content-Encoding': 'gzip' } }
  const results: unknown[] = []
  const push = async (what: () => Promise<{ body?: unknown }>): Promise<void> => {
    try {
      results.push((await what()).body)
    } catch (error) {
      results.push((error as Error).message)
    }
  }
  const gateway = new Pushgateway(`http://user:secret@${base}/prefix/`, {}, registry)
  await push(() => gateway.pushAdd({ jobName: 'a/b', groupings: { 'k y': 'v&w' } }))
  await push(() => gateway.push({ jobName: 'refused' }))
  await push(() => gateway.delete({ jobName: 'c' }))
  await push(async () => gateway.push({} as never))
  await push(() => new Pushgateway(`http://${base}`, zipped, registry).push({ jobName: 'zipped' }))
  await push(() => new Pushgateway(`http://${base}`, zipped, registry).delete({ jobName: 'zipped' }))
  await push(() => new Pushgateway(`http://${base}`, { requireJobName: false }, registry).push({} as never))
  await push(() => new Pushgateway(`http://${base}`, { timeout: 50 }, registry).push({ jobName: 'slow' }))
  return results
}

test('a gateway gets what prom-client would send it, and answers are told alike', async () => {
  const theirs = { results: await pushAll(promClient), requests }
  requests = []
  const own = { results: await pushAll(ours as unknown as Client), requests }
  // prom-client puts two slashes where the gateway's path ends in one.
  for (const each of theirs.requests) each.url = each.url?.replace('//', '/')
  expect(own).toEqual(theirs)
  expect(own.results).toContain('push failed with status 400, said')
})

test("a page that can not be made is its caller's error, and leaves no connection behind", async () => {
  const registry = new ours.Registry()
  const connected = once(server, 'connection')
  new ours.Gauge({
    name: 'failing',
    help: 'h',
    registers: [registry],
    async collect() {
      await connected
      throw new Error('no value')
    },
  })
  // One that does not give up idle connections by itself, as Node's global one does after five seconds.
  const gateway = new ours.Pushgateway(`http://${base}`, { agent: new Agent() }, registry)
  await expect(gateway.push({ jobName: 'a' })).rejects.toThrow('no value')
  const connections = () => new Promise(resolve => server.getConnections((_, count) => resolve(count)))
  await expect.poll(connections, { timeout: 30_000 }).toBe(0)
  expect(requests).toEqual([])
})

test('exemplars are on the OpenMetrics page as prom-client has them', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_123 })
  const page = async ({ Counter, Histogram, Registry }: Client): Promise<string> => {
    const registry = new (Registry as unknown as new (type: string) => promClient.Registry)(
      Registry.OPENMETRICS_CONTENT_TYPE,
    )
    const shared = { help: 'h', labelNames: ['l'], registers: [registry], enableExemplars: true }
    const counter = new Counter({ ...shared, name: 'c' })
    const histogram = new Histogram({ ...shared, name: 'h', buckets: [1, 2] })
    const exemplarLabels = { traceId: 'a "b"', spanId: 'c' }
    counter.inc({ labels: { l: 'x' }, value: 2, exemplarLabels } as never)
    counter.inc({ labels: { l: 'y' } })
    for (const value of [0.5, 1.5, 7])
      histogram.observe({ labels: { l: 'x' }, value, exemplarLabels } as never)
    expect(() =>
      counter.inc({ labels: { l: 'x' }, exemplarLabels: { long: 'x'.repeat(200) } } as never),
    ).toThrow(RangeError)
    return registry.metrics()
  }
  try {
    const own = await page(ours as unknown as Client)
    expect(own).toBe(await page(promClient))
    expect(own).toContain('# {traceId="a \\"b\\"",spanId="c"} 1.5 1700000000.123')
  } finally {
    vi.useRealTimers()
  }
})
