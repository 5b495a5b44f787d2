import { roles } from '../../users/user.ts'
import { listOf, nullableTimestamp, timestamp, uuid, withId } from './shared.ts'

const userName = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,39}$' }
// PostgreSQL has no text with a NUL in it.
const label = { type: 'string', maxLength: 100, pattern: '^[^\\u0000]+$' }
const role = { type: 'string', enum: roles }

const user = {
  type: 'object',
  properties: { id: uuid, name: userName, role, createdAt: timestamp },
}

const tokenProperties = {
  id: uuid,
  label,
  createdAt: timestamp,
  expiresAt: nullableTimestamp,
  revokedAt: nullableTimestamp,
}

export const listUsersSchema = { response: { 200: listOf(user) } }

export const createUserSchema = {
  body: {
    type: 'object',
    properties: { name: userName, role },
    required: ['name', 'role'],
    additionalProperties: false,
  },
  response: { 201: user },
}

export const listTokensSchema = {
  ...withId,
  response: { 200: listOf({ type: 'object', properties: tokenProperties }) },
}

export const issueTokenSchema = {
  ...withId,
  body: {
    type: 'object',
    properties: { label, lifetimeSeconds: { type: 'integer', minimum: 1, maximum: 366 * 86_400 } },
    required: ['label'],
    additionalProperties: false,
  },
  response: { 201: { type: 'object', properties: { ...tokenProperties, secret: { type: 'string' } } } },
}
