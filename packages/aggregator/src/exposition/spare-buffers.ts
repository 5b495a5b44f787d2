/** Buffers have as many bytes as a multiple of this, so that one fits where another was; small ones of the other. */
const STEP_BYTES = 32_768
const SMALL_STEP_BYTES = 2_048
const MAX_SPARE = 16

/** Memory that nobody reads any more, to be written to next: as good as always the block before leaves some. */
export class SpareBuffers {
  /** One of each size, that which was given last at the end. */
  readonly #bySize: Map<number, Buffer> = new Map()

  /** A buffer of at least so many bytes. */
  take(bytes: number): Buffer {
    const step = bytes > STEP_BYTES ? STEP_BYTES : SMALL_STEP_BYTES
    const size = Math.ceil(bytes / step) * step
    const spare = this.#bySize.get(size)
    this.#bySize.delete(size)
    // Not from Node's pool: the bytes stay for as long as the series.
    return spare ?? Buffer.allocUnsafeSlow(size)
  }

  /** @param bytes all or a part of a buffer that was taken. */
  give({ buffer }: Buffer): void {
    this.#bySize.delete(buffer.byteLength)
    this.#bySize.set(buffer.byteLength, Buffer.from(buffer))
    if (this.#bySize.size > MAX_SPARE) this.#bySize.delete(this.#bySize.keys().next().value!)
  }
}
