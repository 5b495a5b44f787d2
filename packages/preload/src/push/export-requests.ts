import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'

const open = new Set<ClientRequest>()
let watching = false
let onIdle: (() => void)[] = []

/** From now on the sockets of exports do not keep the app alive, and it is known which of them are open. */
export function releaseExportRequests(): void {
  if (watching) return
  watching = true
  subscribe('http.client.request.start', message => {
    const { request } = message as { request: ClientRequest }
    if (!isExport(request)) return
    open.add(request)
    request.socket?.unref()
    request.once('socket', socket => socket.unref())
    request.once('close', () => {
      open.delete(request)
      if (open.size > 0) return
      for (const resolve of onIdle) resolve()
      onIdle = []
    })
  })
}

/** Resolves when no export is under way: flushing sends what waits, and does not wait for what is being sent. */
export function exportsDone(): Promise<void> {
  return open.size === 0 ? Promise.resolve() : new Promise(resolve => onIdle.push(resolve))
}

function isExport(request: ClientRequest): boolean {
  return String(request.getHeader('user-agent') ?? '').includes('OTel-OTLP-Exporter-JavaScript')
}
