/**
 * What can be waited for: also the promise of another realm, as everything that Node itself promises is to code that
 * runs in Jest, and a query builder. Never throws.
 */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'object' || value === null) return false
  try {
    return typeof (value as { then?: unknown }).then === 'function'
  } catch {
    return false
  }
}
