import { statuses } from '../../deployments/deployment.ts'
import { formats } from '../../transfers/transfer.ts'
import { listOf, nullableTimestamp, timestamp, uuid, withId } from './shared.ts'

const format = { type: 'string', enum: formats }
const count = { type: 'integer', minimum: 0 }

const job = {
  id: uuid,
  format,
  status: { type: 'string', enum: ['queued', 'running', 'done'] },
  createdAt: timestamp,
  finishedAt: nullableTimestamp,
}

const importJob = { type: 'object', properties: { ...job, items: count, processed: count, failed: count } }
const exportJob = { type: 'object', properties: { ...job, items: { ...count, type: ['integer', 'null'] } } }

export const createImportSchema = {
  description: 'A list of deployments as JSON, or CSV with the columns service, version and rings.',
  consumes: ['text/csv', 'application/json'],
  body: { type: 'string', minLength: 1 },
  response: { 202: importJob },
}

export const oneImportSchema = { ...withId, response: { 200: importJob } }

export const importErrorsSchema = {
  ...withId,
  response: { 200: listOf({ type: 'object', properties: { item: count, reason: { type: 'string' } } }) },
}

export const createExportSchema = {
  body: {
    type: 'object',
    properties: { format, status: { type: 'string', enum: statuses } },
    required: ['format'],
    additionalProperties: false,
  },
  response: { 202: exportJob },
}

export const oneExportSchema = { ...withId, response: { 200: exportJob } }

export const exportContentSchema = {
  ...withId,
  response: {
    200: {
      description: 'What was exported.',
      content: {
        'text/csv': { schema: { type: 'string' } },
        'application/json': { schema: { type: 'array' } },
      },
    },
  },
}
