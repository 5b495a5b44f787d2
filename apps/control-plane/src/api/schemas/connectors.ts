import { connectorKinds } from '../../connectors/connector.ts'
import { httpUrl, listOf, nullableTimestamp } from './shared.ts'

const kind = { type: 'string', enum: connectorKinds }

const connector = {
  type: 'object',
  properties: {
    kind,
    url: httpUrl,
    enabled: { type: 'boolean' },
    healthy: { type: ['boolean', 'null'] },
    checkedAt: nullableTimestamp,
  },
}

export const listConnectorsSchema = { response: { 200: listOf(connector) } }

export const putConnectorSchema = {
  params: { type: 'object', properties: { kind }, required: ['kind'] },
  body: {
    type: 'object',
    properties: { url: httpUrl, enabled: { type: 'boolean' } },
    required: ['url'],
    additionalProperties: false,
  },
  response: { 200: connector },
}
