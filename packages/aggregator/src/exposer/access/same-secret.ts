import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Of this process alone: a digest that leaves it is worth nothing. */
const KEY = randomBytes(32)

export function digest(...parts: readonly string[]): Buffer {
  return createHmac('sha256', KEY).update(JSON.stringify(parts)).digest()
}

/** Takes as long for a wrong secret as for the right one, whatever their lengths. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}
