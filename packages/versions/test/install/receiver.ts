import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

export interface Receiver {
  url: string
  /** Of servers. */
  spans: string[]
  logs: string[]
  /** The last that each counter's data points added up to, by name. */
  sums: Record<string, number>
  close(): Promise<void>
}

interface Body {
  resourceSpans?: { scopeSpans: { spans: { name: string; kind: number }[] }[] }[]
  resourceLogs?: { scopeLogs: { logRecords: { body: { stringValue: string } }[] }[] }[]
  resourceMetrics?: { scopeMetrics: { metrics: Metric[] }[] }[]
}

interface Metric {
  name: string
  sum?: { dataPoints: { asDouble?: number; asInt?: number | string }[] }
}

const SERVER = 2

/** Takes OTLP over HTTP as JSON. */
export async function startReceiver(): Promise<Receiver> {
  const received = { spans: [] as string[], logs: [] as string[], sums: {} as Record<string, number> }
  const server = createServer(async (request, response) => {
    const { resourceSpans = [], resourceLogs = [], resourceMetrics = [] } = (await json(request)) as Body
    for (const span of resourceSpans.flatMap(each => each.scopeSpans).flatMap(each => each.spans))
      if (span.kind === SERVER) received.spans.push(span.name)
    for (const { body } of resourceLogs.flatMap(each => each.scopeLogs).flatMap(each => each.logRecords))
      received.logs.push(body.stringValue)
    for (const { name, sum } of resourceMetrics
      .flatMap(each => each.scopeMetrics)
      .flatMap(each => each.metrics)) {
      if (sum === undefined) continue
      const values = sum.dataPoints.map(({ asDouble, asInt }) => Number(asDouble ?? asInt))
      received.sums[name] = values.reduce((total, value) => total + value, 0)
    }
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, ...received, close }
}
