import type { Pool } from 'pg'
import { isDatabaseUnavailable } from '../database/unavailable.ts'
import { findTokenUser } from './store.ts'
import { hashSecret } from './token.ts'
import type { User } from './user.ts'

/** While the database is dead nobody can be asked, and who was known a moment ago is let in: reads go on. */
const staleLimitMs = 300_000
const knownLimit = 1_000

interface Known {
  user: User
  askedAtMs: number
  /** Until it expires, from when it was asked for. */
  remainingMs: number
}

/** Finds whose a secret is; undefined if it is nobody's. Rejects if the database cannot say and nobody remembers. */
export type Authenticate = (secret: string) => Promise<User | undefined>

/**
 * @param freshMs a token that was revoked works for so long in processes that have just seen it.
 * @param now a clock that nobody sets back: by one that is, a revoked token would be good until it has caught up.
 */
export function createAuthenticate(
  pool: Pool,
  freshMs: number,
  now: () => number = () => performance.now(),
): Authenticate {
  const known = new Map<string, Known>()

  return async function authenticate(secret) {
    const hash = hashSecret(secret)
    // The secret itself is not what stays in memory.
    const key = hash.toString('base64')
    const remembered = known.get(key)
    if (remembered !== undefined && isGood(remembered, freshMs)) return remembered.user
    try {
      const found = await findTokenUser(pool, hash)
      known.delete(key)
      // Nobody's tokens are not remembered: they would push out those of users.
      if (found !== undefined) remember(key, { ...found, askedAtMs: now() })
      return found?.user
    } catch (error) {
      if (!isDatabaseUnavailable(error) || remembered === undefined) throw error
      if (!isGood(remembered, staleLimitMs)) throw error
      return remembered.user
    }
  }

  function isGood({ askedAtMs, remainingMs }: Known, limitMs: number): boolean {
    return now() - askedAtMs < Math.min(limitMs, remainingMs)
  }

  function remember(key: string, found: Known): void {
    if (known.size >= knownLimit) known.delete(known.keys().next().value!)
    known.set(key, found)
  }
}
