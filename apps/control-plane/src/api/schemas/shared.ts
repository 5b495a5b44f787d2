export const timestamp = { type: 'string', format: 'date-time' }

export const nullableTimestamp = { ...timestamp, type: ['string', 'null'] }

export const uuid = { type: 'string', format: 'uuid' }

export const httpUrl = { type: 'string', format: 'uri', pattern: '^https?://', maxLength: 500 }

// The format alone would let "urn:uuid:" in, which PostgreSQL does not.
const id = { ...uuid, maxLength: 36 }

const params = { type: 'object', properties: { id }, required: ['id'] }

/** The schema of a route that has `:id` and no more. */
export const withId = { params }

/** What such a route is given. */
export interface WithId {
  Params: { id: string }
}

/** RFC 9457. */
export const problem = {
  type: 'object',
  description: 'What went wrong.',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
  },
}

export function listOf(items: object): object {
  return { type: 'object', properties: { items: { type: 'array', items } } }
}
