import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { hashSecret } from './token.ts'

/**
 * Makes the secret that the settings give a token of the user `bootstrap`, who is an admin: somebody has to be able
 * to make the first user. Any number of processes may do it at once, and again at each start. Any other secret that
 * was given before ends.
 */
export async function grantBootstrapToken(pool: Pool, secret: string): Promise<void> {
  await pool.query(
    `with bootstrap as (
       insert into app_user (id, name, role) values ($1, 'bootstrap', 'admin')
       on conflict (name) do update set role = 'admin' returning id
     ),
     others as (
       update api_token set revoked_at = now() from bootstrap
       where user_id = bootstrap.id and label = 'bootstrap' and hash <> $3 and revoked_at is null
     )
     insert into api_token (hash, id, user_id, label)
     select $3, $2, bootstrap.id, 'bootstrap' from bootstrap
     on conflict (hash) do update set revoked_at = null`,
    [randomUUID(), randomUUID(), hashSecret(secret)],
  )
}
