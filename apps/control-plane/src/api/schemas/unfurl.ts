import { httpUrl } from './shared.ts'

const nullableText = { type: ['string', 'null'] }

export const unfurlSchema = {
  body: {
    type: 'object',
    properties: { url: httpUrl },
    required: ['url'],
    additionalProperties: false,
  },
  response: {
    200: {
      type: 'object',
      properties: {
        url: httpUrl,
        title: nullableText,
        description: nullableText,
        outcome: { type: 'string', enum: ['success', 'cached'] },
      },
    },
  },
}
