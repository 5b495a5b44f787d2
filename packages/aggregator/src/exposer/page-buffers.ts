/** A rendered page and a way to say that one more response, or one less, is being written from it. */
export interface Page {
  readonly body: Buffer
  hold(): void
  release(): void
}

/**
 * Memory for pages, used again once every response is done with it. A slow client keeps its page whole while the
 * next one is rendered elsewhere; {@link heldCount} says how many are kept like that.
 */
export class PageBuffers {
  readonly #free: Buffer[] = []
  #heldCount = 0

  /** How many pages are in memory because somebody is still being sent them. */
  get heldCount(): number {
    return this.#heldCount
  }

  /** Renders into a free buffer, which grows if it has to. */
  render(render: (allocate: (bytes: number) => Buffer) => Buffer): Page {
    let buffer = this.#free.pop() ?? Buffer.alloc(0)
    const body = render(bytes => {
      if (buffer.length < bytes) buffer = Buffer.allocUnsafeSlow(Math.ceil(bytes * 1.25))
      return buffer
    })
    return this.keep(body, () => {
      if (this.#free.length === 0) this.#free.push(buffer)
    })
  }

  /** A page in memory that is not ours to use again. */
  keep(body: Buffer, onReleased: () => void = () => {}): Page {
    let holders = 0
    return {
      body,
      hold: () => {
        if (holders++ === 0) this.#heldCount++
      },
      release: () => {
        if (--holders > 0) return
        this.#heldCount--
        onReleased()
      },
    }
  }
}
