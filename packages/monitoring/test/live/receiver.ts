import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedAlert {
  status: 'firing' | 'resolved'
  labels: Record<string, string>
  annotations: Record<string, string>
}

export interface Receiver {
  url: string
  /** What came to the webhook, in order. */
  alerts: ReceivedAlert[]
  /** How many messages Slack and PagerDuty would have got. */
  counts: Record<string, number>
  /** The `authorization` of every call of the webhook. */
  authorizations: Set<string | undefined>
  close(): Promise<void>
}

/** Takes what Alertmanager sends to webhooks, to Slack and to PagerDuty. */
export async function startReceiver(): Promise<Receiver> {
  const alerts: ReceivedAlert[] = []
  const counts: Record<string, number> = {}
  const authorizations = new Set<string | undefined>()
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const body = await read(request)
    counts[path] = (counts[path] ?? 0) + 1
    if (path === '/alerts') {
      authorizations.add(request.headers.authorization)
      alerts.push(...(JSON.parse(body) as { alerts: ReceivedAlert[] }).alerts)
    }
    response.writeHead(path === '/pagerduty' ? 202 : 200, { 'content-type': 'application/json' })
    response.end('{"status":"success"}')
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ alerts, counts, authorizations },
    close: () =>
      new Promise(closed => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}
