import { createRequire } from 'node:module'

/** Compresses on the thread pool, not on this thread. */
export function compress(slices: readonly Buffer[]): Promise<Buffer> {
  const { constants, createGzip } = load<typeof import('node:zlib')>('node:zlib')
  const { buffer } = load<typeof import('node:stream/consumers')>('node:stream/consumers')
  const stream = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 65_536 })
  for (const slice of slices) stream.write(slice)
  stream.end()
  return buffer(stream)
}

/** Both take memory, and are loaded when somebody asks for a compressed page. */
function load<Exports>(name: string): Exports {
  return createRequire(import.meta.url)(name) as Exports
}
