import { closeSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Random bytes from the kernel. Loading `node:crypto` for a few of them would take a tenth of an app's start. */
export function randomBytes(bytes: number): Buffer {
  try {
    return readKernel(bytes)
  } catch {
    const crypto = createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto')
    return crypto.randomBytes(bytes)
  }
}

function readKernel(bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  const fd = openSync('/dev/urandom', 'r')
  try {
    if (readSync(fd, buffer) !== bytes) throw new Error('too few random bytes')
    return buffer
  } finally {
    closeSync(fd)
  }
}
