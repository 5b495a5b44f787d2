import type { ServerResponse } from 'node:http'
import { groupBy } from './group-by.ts'
import type { Page, Pages } from './pages.ts'

/** So many pages may be kept for clients that are still reading them: what slow ones cost is bounded. */
const MAX_HELD_PAGES = 8
/** Written at once; what a client has not taken stays in the page, which all readers share. */
const WRITE_BYTES = 262_144

/** The responses that are being sent. */
export class Responses {
  readonly #pages: Pages
  readonly #refused: (response: ServerResponse) => void
  /** What lets go of its page, by response; those that began first come first. */
  readonly #sending: Map<ServerResponse, () => void> = new Map()

  /** @param refused is called when a slow reader is cut off to make room. */
  constructor(pages: Pages, refused: (response: ServerResponse) => void) {
    this.#pages = pages
    this.#refused = refused
  }

  /** Cuts off readers until there is room for one more page: the oldest of the address that has most of them. */
  makeRoom(): void {
    while (this.#pages.heldCount >= MAX_HELD_PAGES && this.#sending.size > 0) {
      const byAddress = groupBy(this.#sending.keys(), ({ req }) => req.socket?.remoteAddress)
      const [[slowest]] = [...byAddress.values()].sort((a, b) => b.length - a.length)
      this.#refused(slowest)
      this.#sending.get(slowest)!()
      slowest.destroy()
    }
  }

  /** Sends the page, which is held until the response is done with it; what comes to it later, too. */
  send(response: ServerResponse, page: Page): void {
    // Its client went away while the page was compressed: nobody would ever say that it is done.
    if (response.destroyed) return
    page.hold()
    const done = () => {
      if (this.#sending.delete(response)) page.release()
    }
    this.#sending.set(response, done)
    response.once('close', done)
    const sendOn = sender(response, page)
    response.on('drain', sendOn)
    page.onMore(sendOn)
    sendOn()
  }
}

/**
 * Gives as much of the page to the socket as it passes on without keeping it: under TLS whatever is written is copied
 * at once, for each client. A page that is longer than what is written at once is sent while it grows, in chunks; of
 * any other the length is told.
 */
function sender(response: ServerResponse, page: Page): () => void {
  const hasBody = response.req.method !== 'HEAD'
  let next = 0
  let sentBytes = 0
  let isTaken = true
  return () => {
    if (response.destroyed || response.writableEnded) return
    if (page.isWhole && next === 0) response.setHeader('Content-Length', page.bytes)
    while (hasBody && (isTaken || response.writableLength === 0)) {
      const slices = nextSlices(page, next)
      if (slices.length === 0) break
      isTaken = writeNow(response, slices)
      next += slices.length
      for (const { length } of slices) sentBytes += length
    }
    if (page.isWhole && (sentBytes === page.bytes || !hasBody)) response.end()
  }
}

/** What is written at once. None while there is less than that, unless nothing else comes. */
function nextSlices({ slices, isWhole }: Page, from: number): readonly Buffer[] {
  let bytes = 0
  for (let next = from; next < slices.length; next++) {
    bytes += slices[next].length
    if (bytes >= WRITE_BYTES) return slices.slice(from, next + 1)
  }
  return isWhole ? slices.slice(from) : []
}

/** Node would collect what is written until the thread is idle, and the client wait. */
function writeNow(response: ServerResponse, slices: readonly Buffer[]): boolean {
  const { socket } = response
  let isTaken = true
  socket?.cork()
  for (const slice of slices) isTaken = response.write(slice)
  socket?.uncork()
  return isTaken
}
