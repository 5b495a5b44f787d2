import { httpUrl, listOf, nullableTimestamp, uuid, withId } from './shared.ts'

const name = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,60}$' }
const intervalMs = { type: 'integer', minimum: 10, maximum: 86_400_000 }
const active = { type: 'boolean' }

const feed = {
  type: 'object',
  properties: {
    id: uuid,
    name,
    url: httpUrl,
    intervalMs,
    active,
    polls: { type: 'integer' },
    failedPolls: { type: 'integer' },
    lastPolledAt: nullableTimestamp,
    lastError: { type: ['string', 'null'] },
  },
}

export const listFeedsSchema = { response: { 200: listOf(feed) } }

export const createFeedSchema = {
  body: {
    type: 'object',
    properties: { name, url: httpUrl, intervalMs },
    required: ['name', 'url'],
    additionalProperties: false,
  },
  response: { 201: feed },
}

export const setFeedSchema = {
  ...withId,
  body: { type: 'object', properties: { active }, required: ['active'], additionalProperties: false },
  response: { 200: feed },
}

const text = { type: 'string' }

export const listItemsSchema = {
  ...withId,
  response: { 200: listOf({ type: 'object', properties: { id: text, title: text, url: text } }) },
}
