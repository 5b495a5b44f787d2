import { type Libc, loadLibc } from '../src/segment/libc.ts'

/** The C library, where a test makes no sense without. */
export function requireLibc(): Libc {
  const loaded = loadLibc()
  if (!('libc' in loaded)) throw new Error(loaded.unavailable)
  return loaded.libc
}
