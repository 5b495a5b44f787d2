import { get } from 'node:http'
import { connect, type NetConnectOpts, type Socket } from 'node:net'

export interface Scrape {
  /** From before the request to the last byte, as the scraper sees it. */
  ms: number
  status: number
  page: Buffer
}

const LIMIT_MS = 60_000

/** One scrape over a new connection; by default of a scraper that wants the text format 0.0.4, not compressed. */
export function scrape(url: string, asked: Record<string, string> = {}): Promise<Scrape> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const headers = { accept: 'text/plain;version=0.0.4', ...asked }
    const createConnection = (options: object) => connectReading(options as NetConnectOpts)
    const request = get(url, { createConnection, headers }, response => {
      const parts: Buffer[] = []
      response.on('data', part => parts.push(part))
      response.once('error', reject)
      response.once('end', () => {
        const ms = performance.now() - start
        resolve({ ms, status: response.statusCode ?? 0, page: Buffer.concat(parts) })
      })
    })
    request.setTimeout(LIMIT_MS, () => request.destroy(new Error(`no answer within ${LIMIT_MS} ms`)))
    request.once('error', reject)
  })
}

/** Touched now, so that no scrape waits for the kernel to find memory. */
const MEMORY: Buffer = Buffer.alloc(64 * 1024 * 1024, 1)
const READ_BYTES = 1024 * 1024

/**
 * A connection that reads into memory which is there already, as Prometheus does with that of the scrape before. What
 * Node does by itself, new memory for every 64 KiB, takes longer than a fast page, and would be measured instead.
 */
function connectReading(options: NetConnectOpts): Socket {
  let used = 0
  const socket: Socket = connect({
    ...options,
    onread: {
      buffer: () =>
        used + READ_BYTES > MEMORY.length
          ? Buffer.alloc(READ_BYTES)
          : MEMORY.subarray(used, used + READ_BYTES),
      callback(bytes: number, buffer: Uint8Array): boolean {
        used += bytes
        return socket.push(buffer.subarray(0, bytes))
      },
    },
  })
  return socket
}
