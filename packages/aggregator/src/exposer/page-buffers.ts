/** A rendered page and a way to say that one more response, or one less, is being written from it. */
export interface Page {
  readonly body: Buffer
  hold(): void
  release(): void
}

/**
 * Memory for pages, used again once every response is done with it. A slow client keeps its page whole while the
 * next one is rendered elsewhere; there are never more buffers than pages being sent, plus one.
 */
export class PageBuffers {
  readonly #free: Buffer[] = []

  /** Renders into a free buffer, which grows if it has to. */
  render(render: (allocate: (bytes: number) => Buffer) => Buffer): Page {
    let buffer = this.#free.pop() ?? Buffer.alloc(0)
    const body = render(bytes => {
      if (buffer.length < bytes) buffer = Buffer.allocUnsafeSlow(Math.ceil(bytes * 1.25))
      return buffer
    })
    let holders = 0
    return {
      body,
      hold: () => {
        holders++
      },
      release: () => {
        if (--holders === 0 && this.#free.length === 0) this.#free.push(buffer)
      },
    }
  }
}
