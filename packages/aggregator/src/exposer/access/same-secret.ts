import { createRequire } from 'node:module'
import { randomBytes } from '../../directory/random.ts'

/** Of this process alone: a digest that leaves it is worth nothing. */
const KEY = randomBytes(32)

/** Loaded with the first secret. */
function crypto(): typeof import('node:crypto') {
  return createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto')
}

export function digest(...parts: readonly string[]): Buffer {
  return crypto().createHmac('sha256', KEY).update(JSON.stringify(parts)).digest()
}

/** Takes as long for a wrong secret as for the right one, whatever their lengths. */
export function isSameSecret(a: string, b: string): boolean {
  return crypto().timingSafeEqual(digest(a), digest(b))
}
