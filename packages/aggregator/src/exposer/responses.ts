import type { ServerResponse } from 'node:http'
import { groupBy } from './group-by.ts'
import type { Page, PageBuffers } from './page-buffers.ts'

/** So many pages may be kept for clients that are still reading them: what slow ones cost is bounded. */
const MAX_HELD_PAGES = 8
/** Written at once; what a client has not taken stays in the page, which all readers share. */
const SLICE_BYTES = 262_144

/** The responses that are being sent. */
export class Responses {
  readonly #buffers: PageBuffers
  readonly #refused: (response: ServerResponse) => void
  /** What lets go of its page, by response; those that began first come first. */
  readonly #sending: Map<ServerResponse, () => void> = new Map()

  /** @param refused is called when a slow reader is cut off to make room. */
  constructor(buffers: PageBuffers, refused: (response: ServerResponse) => void) {
    this.#buffers = buffers
    this.#refused = refused
  }

  /** Cuts off readers until there is room for one more page: the oldest of the address that has most of them. */
  makeRoom(): void {
    while (this.#buffers.heldCount >= MAX_HELD_PAGES && this.#sending.size > 0) {
      const byAddress = groupBy(this.#sending.keys(), ({ req }) => req.socket?.remoteAddress)
      const [[slowest]] = [...byAddress.values()].sort((a, b) => b.length - a.length)
      this.#refused(slowest)
      this.#sending.get(slowest)!()
      slowest.destroy()
    }
  }

  /** Sends the page, which is held until the response is done with it. */
  send(response: ServerResponse, page: Page): void {
    response.setHeader('Content-Length', page.body.length)
    if (response.req.method === 'HEAD' || response.destroyed) return void response.end()
    page.hold()
    const done = () => {
      if (this.#sending.delete(response)) page.release()
    }
    this.#sending.set(response, done)
    response.once('close', done)
    write(response, page.body)
  }
}

/** In slices: under TLS whatever is written is copied at once, for each client. */
function write(response: ServerResponse, body: Buffer, from = 0): void {
  let at = from
  while (body.length - at > SLICE_BYTES) {
    const isTaken = response.write(body.subarray(at, at + SLICE_BYTES))
    at += SLICE_BYTES
    if (isTaken) continue
    response.once('drain', () => write(response, body, at))
    return
  }
  response.end(body.subarray(at))
}
