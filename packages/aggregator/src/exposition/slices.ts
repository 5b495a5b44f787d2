/** What is smaller is copied together with its neighbours: each slice costs its reader something. */
const SMALL_BYTES = 32_768

/** Parts of a page, the small ones joined. */
export function* inSlices(parts: Iterable<Buffer>): Generator<Buffer> {
  let small: Buffer[] = []
  let bytes = 0
  for (const part of parts) {
    const isSmall = part.length < SMALL_BYTES
    if (isSmall) {
      small.push(part)
      bytes += part.length
    }
    if (bytes > 0 && (!isSmall || bytes >= SMALL_BYTES)) {
      yield Buffer.concat(small)
      small = []
      bytes = 0
    }
    if (!isSmall) yield part
  }
  if (bytes > 0) yield Buffer.concat(small)
}
