import { createHash, randomBytes } from 'node:crypto'

const tokenBytes = 32

export interface Token {
  id: string
  label: string
  createdAt: string
  expiresAt: string | null
  revokedAt: string | null
}

/** A row as PostgreSQL's client gives it. */
export interface TokenRow {
  id: string
  label: string
  created_at: Date
  expires_at: Date | null
  revoked_at: Date | null
}

export function tokenOf(row: TokenRow): Token {
  return {
    id: row.id,
    label: row.label,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }
}

/** Shown once, to whom it is issued. */
export function newSecret(): string {
  return `cp_${randomBytes(tokenBytes).toString('base64url')}`
}

/**
 * What is kept of a secret. A fast hash is enough: nobody guesses 256 random bits. That it is looked up by its hash
 * also means that no comparison takes longer the more of a secret somebody has guessed.
 */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
