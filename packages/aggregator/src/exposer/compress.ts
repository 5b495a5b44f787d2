import type { IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { constants, createGzip } from 'node:zlib'

/** Compresses on the thread pool, not on this thread. */
export function compress(slices: readonly Buffer[]): Promise<Buffer> {
  const stream = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 65_536 })
  for (const slice of slices) stream.write(slice)
  stream.end()
  return buffer(stream)
}

/** `gzip;q=0` refuses it. */
export function acceptsGzip({ headers }: IncomingMessage): boolean {
  const offered = String(headers['accept-encoding'] ?? '').split(',')
  return offered.some(each => /^\s*(gzip|\*)\s*(;\s*q=(0\.0*[1-9]\d*|1(\.0*)?)\s*)?$/i.test(each))
}
