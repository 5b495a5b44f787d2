import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { hashSecret, newSecret, type Token, type TokenRow, tokenOf } from './token.ts'
import { type NewUser, type User, type UserRow, userOf } from './user.ts'

/** Undefined if somebody has this name already. */
export async function createUser(pool: Pool, { name, role }: NewUser): Promise<User | undefined> {
  const { rows } = await pool.query<UserRow>(
    'insert into app_user (id, name, role) values ($1, $2, $3) on conflict (name) do nothing returning *',
    [randomUUID(), name, role],
  )
  return rows[0] && userOf(rows[0])
}

/** By name; at most a thousand, which is more than any page of this sample shows. */
export async function listUsers(pool: Pool): Promise<User[]> {
  const { rows } = await pool.query<UserRow>('select * from app_user order by name limit 1000')
  return rows.map(userOf)
}

export async function hasUser(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('select from app_user where id = $1', [id])
  return rowCount === 1
}

/** Its tokens end with it. */
export async function deleteUser(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from app_user where id = $1', [id])
  return rowCount === 1
}

export interface TokenWish {
  label: string
  lifetimeSeconds?: number
}

/** The secret is in no other answer, ever; undefined if there is no such user. */
export async function issueToken(
  pool: Pool,
  userId: string,
  { label, lifetimeSeconds }: TokenWish,
): Promise<(Token & { secret: string }) | undefined> {
  const secret = newSecret()
  const { rows } = await pool.query<TokenRow>(
    `insert into api_token (hash, id, user_id, label, expires_at)
     select $1, $2, app_user.id, $4, now() + $5::float8 * interval '1 second' from app_user where id = $3
     returning *`,
    [hashSecret(secret), randomUUID(), userId, label, lifetimeSeconds ?? null],
  )
  return rows[0] && { ...tokenOf(rows[0]), secret }
}

export async function listTokens(pool: Pool, userId: string): Promise<Token[]> {
  const { rows } = await pool.query<TokenRow>(
    'select * from api_token where user_id = $1 order by created_at limit 1000',
    [userId],
  )
  return rows.map(tokenOf)
}

/** False if there is no such token or it was revoked before. */
export async function revokeToken(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update api_token set revoked_at = now() where id = $1 and revoked_at is null',
    [id],
  )
  return rowCount === 1
}

/** The user whose token has this hash, if it is neither revoked nor expired, and for how long it will be good. */
export async function findTokenUser(
  pool: Pool,
  hash: Buffer,
): Promise<{ user: User; remainingMs: number } | undefined> {
  const { rows } = await pool.query<UserRow & { remaining_ms: number | null }>({
    name: 'find-token-user',
    // By the database's clock, which need not be ours.
    text: `select app_user.*, (extract(epoch from expires_at - now()) * 1000)::float8 as remaining_ms
           from api_token join app_user on app_user.id = api_token.user_id
           where hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
    values: [hash],
  })
  return rows[0] && { user: userOf(rows[0]), remainingMs: rows[0].remaining_ms ?? Number.POSITIVE_INFINITY }
}
