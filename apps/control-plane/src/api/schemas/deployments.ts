import { nullableTimestamp, timestamp, uuid, withId } from './shared.ts'

const ringName = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,30}$' }
const name = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._/@+-]{0,99}$' }

const deployment = {
  type: 'object',
  properties: {
    id: uuid,
    service: name,
    version: name,
    rings: { type: 'array', items: ringName },
    ring: { type: 'string', nullable: true },
    status: { enum: ['queued', 'rolling', 'done'] },
    createdAt: timestamp,
    updatedAt: timestamp,
    finishedAt: nullableTimestamp,
  },
}

export const createSchema = {
  body: {
    type: 'object',
    properties: {
      service: name,
      version: name,
      rings: { type: 'array', items: ringName, minItems: 1, maxItems: 10, uniqueItems: true },
    },
    required: ['service', 'version'],
    additionalProperties: false,
  },
  response: { 201: deployment },
}

export const readSchema = { ...withId, response: { 200: deployment } }

export const promoteSchema = { ...withId, response: { 200: deployment } }

export const listSchema = {
  querystring: {
    type: 'object',
    properties: {
      // Query values are text.
      limit: { type: 'string', pattern: '^([1-9][0-9]?|100)$' },
      after: { type: 'string', pattern: '^[0-9]{1,18}$' },
    },
    additionalProperties: false,
  },
  response: {
    200: {
      type: 'object',
      properties: { items: { type: 'array', items: deployment }, next: { type: 'string', nullable: true } },
    },
  },
}
