import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

export interface ReceivedSpan {
  name: string
  kind: number
  traceId: string
  spanId: string
  parentSpanId?: string
  scope: string
  resource: Record<string, unknown>
}

export interface ReceivedLog {
  body: unknown
  traceId?: string
  resource: Record<string, unknown>
}

export interface Receiver {
  url: string
  spans: ReceivedSpan[]
  logs: ReceivedLog[]
  /** Everything that was posted, by path. */
  paths: string[]
  close(): Promise<void>
}

interface Scoped<Key extends string> {
  resource: { attributes: { key: string; value: Record<string, unknown> }[] }
  [scopes: `scope${string}`]: ({ scope: { name: string } } & Record<Key, Record<string, unknown>[]>)[]
}

/** A receiver of OTLP over HTTP as JSON. `hangs`: it takes what is sent and never answers. */
export async function startReceiver({ hangs = false }: { hangs?: boolean } = {}): Promise<Receiver> {
  const spans: ReceivedSpan[] = []
  const logs: ReceivedLog[] = []
  const paths: string[] = []
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as {
      resourceSpans?: Scoped<'spans'>[]
      resourceLogs?: Scoped<'logRecords'>[]
    }
    paths.push(request.url!)
    for (const { resource, scopeSpans } of body.resourceSpans ?? []) {
      for (const { scope, spans: received } of scopeSpans!) {
        for (const span of received)
          spans.push({ ...(span as unknown as ReceivedSpan), scope: scope.name, resource: flat(resource) })
      }
    }
    for (const { resource, scopeLogs } of body.resourceLogs ?? []) {
      for (const { logRecords } of scopeLogs!) {
        for (const { body: text, traceId } of logRecords)
          logs.push({
            body: value(text as Record<string, unknown>),
            traceId: traceId as string,
            resource: flat(resource),
          })
      }
    }
    if (!hangs) response.setHeader('content-type', 'application/json').end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, spans, logs, paths, close: () => close(server) }
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

function flat({ attributes }: Scoped<never>['resource']): Record<string, unknown> {
  return Object.fromEntries(attributes.map(attribute => [attribute.key, value(attribute.value)]))
}

function value(any: Record<string, unknown>): unknown {
  return Object.values(any)[0]
}
