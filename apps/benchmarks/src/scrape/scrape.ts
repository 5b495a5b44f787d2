import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect, type NetConnectOpts, type Socket } from 'node:net'

export interface Scrape {
  /** From before the request to the last byte, as the scraper sees it. */
  ms: number
  status: number
  page: Buffer
}

const LIMIT_MS = 60_000

/** Touched now, so that no scrape waits for the kernel to find memory. */
const MEMORY: Buffer = Buffer.alloc(64 * 1024 * 1024, 1)
const READ_BYTES = 1024 * 1024

/** Scrapes one address again and again, over one connection for as long as the server keeps it, as Prometheus does. */
export class Scraper {
  readonly #url: string
  readonly #agent: Agent
  #usedBytes = 0

  constructor(url: string) {
    this.#url = url
    this.#agent = new Agent({ keepAlive: true, maxSockets: 1 })
    this.#agent.createConnection = options => this.#connect(options as NetConnectOpts)
  }

  /** One scrape; by default of a scraper that wants the text format 0.0.4, not compressed. */
  async scrape(asked: Record<string, string> = {}, limitMs: number = LIMIT_MS): Promise<Scrape> {
    const start = performance.now()
    this.#usedBytes = 0
    const response = await this.#ask(asked, limitMs)
    const parts: Buffer[] = []
    response.on('data', part => parts.push(part))
    await once(response, 'end')
    const ms = performance.now() - start
    return { ms, status: response.statusCode ?? 0, page: Buffer.concat(parts) }
  }

  close(): void {
    this.#agent.destroy()
  }

  #ask(asked: Record<string, string>, limitMs: number): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = { agent: this.#agent, headers: { accept: 'text/plain;version=0.0.4', ...asked } }
      const request = get(this.#url, options, resolve)
      request.setTimeout(limitMs, () => request.destroy(new Error(`no answer within ${limitMs} ms`)))
      request.once('error', (error: NodeJS.ErrnoException) => {
        // The server gave up an idle connection just when it was to be used again.
        if (request.reusedSocket && error.code === 'ECONNRESET')
          this.#ask(asked, limitMs).then(resolve, reject)
        else reject(error)
      })
    })
  }

  /**
   * A connection that reads into memory which is there already, as Prometheus does with that of the scrape before. What
   * Node does by itself, new memory for every 64 KiB, takes longer than a fast page, and would be measured instead.
   */
  #connect(options: NetConnectOpts): Socket {
    const socket: Socket = connect({
      ...options,
      onread: {
        buffer: () => {
          const isFull = this.#usedBytes + READ_BYTES > MEMORY.length
          return isFull
            ? Buffer.alloc(READ_BYTES)
            : MEMORY.subarray(this.#usedBytes, this.#usedBytes + READ_BYTES)
        },
        callback: (bytes: number, buffer: Uint8Array): boolean => {
          this.#usedBytes += bytes
          return socket.push(buffer.subarray(0, bytes))
        },
      },
    })
    return socket
  }
}
