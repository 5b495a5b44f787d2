import { statuses } from '../../deployments/deployment.ts'
import { namePattern, ringPattern } from '../../deployments/patterns.ts'
import { listOf, nullableTimestamp, timestamp, uuid, withId } from './shared.ts'

const ringName = { type: 'string', pattern: ringPattern.source }
const name = { type: 'string', pattern: namePattern.source }

const deployment = {
  type: 'object',
  properties: {
    id: uuid,
    service: name,
    version: name,
    rings: { type: 'array', items: ringName },
    ring: { type: ['string', 'null'] },
    status: { type: 'string', enum: statuses },
    createdAt: timestamp,
    updatedAt: timestamp,
    startedAt: nullableTimestamp,
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

/** What answers with one deployment: to read it, promote it, cancel it, roll it back. */
export const oneSchema = { ...withId, response: { 200: deployment } }

export const gatesSchema = {
  ...withId,
  response: {
    200: listOf({
      type: 'object',
      properties: {
        ring: ringName,
        verdict: { type: 'string', enum: ['pass', 'fail', 'unavailable'] },
        reason: { type: 'string' },
        evaluatedAt: timestamp,
      },
    }),
  },
}

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
      properties: { items: { type: 'array', items: deployment }, next: { type: ['string', 'null'] } },
    },
  },
}
