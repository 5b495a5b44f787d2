import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** One data point as it came over the wire. */
export interface Received {
  /** `orders{who="all"}`. */
  readonly series: string
  readonly temporality: 'delta' | 'cumulative' | 'gauge'
  readonly startMs: number
  readonly endMs: number
  /** A sum's or gauge's value; a histogram's count. */
  readonly value: number
  /** A histogram's. */
  readonly sum?: number
  readonly counts?: readonly number[]
}

interface OtlpPoint {
  attributes: { key: string; value: Record<string, unknown> }[]
  startTimeUnixNano: string
  timeUnixNano: string
  asDouble?: number
  asInt?: string
  count?: string | number
  sum?: number
  bucketCounts?: (string | number)[]
}

type OtlpMetric = { name: string } & Partial<
  Record<
    'sum' | 'gauge' | 'histogram' | 'exponentialHistogram',
    { dataPoints: OtlpPoint[]; aggregationTemporality?: number }
  >
>

/** A collector of one's own: answers OTLP over HTTP in JSON and keeps what it was sent, request by request. */
export async function startReceiver() {
  const requests: Received[][] = []
  const held: ServerResponse[] = []
  let holding = false
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    requests.push(decode(Buffer.concat(chunks).toString()))
    server.emit('received')
    if (holding) held.push(response)
    else response.setHeader('content-type', 'application/json').end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`,
    requests,
    /** Requests from now on get no answer. */
    hold(on: boolean) {
      holding = on
    },
    nextRequest: () => once(server, 'received'),
    /** What a backend makes of deltas: their sum, by series. */
    totals(of: readonly (readonly Received[])[] = requests): Record<string, number> {
      const totals: Record<string, number> = {}
      for (const { series, value } of of.flat()) totals[series] = (totals[series] ?? 0) + value
      return totals
    },
  }
}

function decode(body: string): Received[] {
  const { resourceMetrics } = JSON.parse(body) as {
    resourceMetrics: { scopeMetrics: { metrics: OtlpMetric[] }[] }[]
  }
  return resourceMetrics
    .flatMap(({ scopeMetrics }) => scopeMetrics)
    .flatMap(({ metrics }) => metrics)
    .flatMap(metric => {
      const data = metric.sum ?? metric.gauge ?? metric.histogram ?? metric.exponentialHistogram
      const temporality =
        ({ 1: 'delta', 2: 'cumulative' } as const)[data?.aggregationTemporality ?? 0] ?? 'gauge'
      return (data?.dataPoints ?? []).map(point => toReceived(metric.name, temporality, point))
    })
}

function toReceived(name: string, temporality: Received['temporality'], point: OtlpPoint): Received {
  const labels = point.attributes.map(({ key, value }) => `${key}="${Object.values(value)[0]}"`)
  const received = {
    series: labels.length === 0 ? name : `${name}{${labels.join(',')}}`,
    temporality,
    startMs: Number(BigInt(point.startTimeUnixNano) / 1_000_000n),
    endMs: Number(BigInt(point.timeUnixNano) / 1_000_000n),
    value: Number(point.asDouble ?? point.asInt ?? point.count),
  }
  if (point.bucketCounts === undefined) return received
  return { ...received, sum: point.sum, counts: point.bucketCounts.map(Number) }
}
