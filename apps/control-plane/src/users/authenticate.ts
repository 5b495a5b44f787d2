import type { Pool } from 'pg'
import { isDatabaseUnavailable } from '../database/unavailable.ts'
import { findTokenUser } from './store.ts'
import { hashSecret } from './token.ts'
import type { User } from './user.ts'

/** A token that was revoked works for so long in processes that have just seen it. */
const freshMs = 10_000
/** While the database is dead nobody can be asked, and who was known a moment ago is let in: reads go on. */
const staleLimitMs = 300_000
const knownLimit = 1_000

/** Finds whose a secret is; undefined if it is nobody's. Rejects if the database cannot say and nobody remembers. */
export type Authenticate = (secret: string) => Promise<User | undefined>

export function createAuthenticate(pool: Pool, now: () => number = Date.now): Authenticate {
  const known = new Map<string, { user: User; askedAtMs: number }>()

  return async function authenticate(secret) {
    const hash = hashSecret(secret)
    // The secret itself is not what stays in memory.
    const key = hash.toString('base64')
    const remembered = known.get(key)
    if (remembered !== undefined && now() - remembered.askedAtMs < freshMs) return remembered.user
    try {
      const user = await findTokenUser(pool, hash)
      known.delete(key)
      // Nobody's tokens are not remembered: they would push out those of users.
      if (user !== undefined) remember(key, user)
      return user
    } catch (error) {
      if (!isDatabaseUnavailable(error) || remembered === undefined) throw error
      if (now() - remembered.askedAtMs > staleLimitMs) throw error
      return remembered.user
    }
  }

  function remember(key: string, user: User): void {
    if (known.size >= knownLimit) known.delete(known.keys().next().value!)
    known.set(key, { user, askedAtMs: now() })
  }
}
