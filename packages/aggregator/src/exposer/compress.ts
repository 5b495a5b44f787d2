import { buffer } from 'node:stream/consumers'
import { constants, createGzip } from 'node:zlib'

/** Compresses on the thread pool, not on this thread. */
export function compress(slices: readonly Buffer[]): Promise<Buffer> {
  const stream = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 65_536 })
  for (const slice of slices) stream.write(slice)
  stream.end()
  return buffer(stream)
}
