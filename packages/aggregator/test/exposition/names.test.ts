import { expect, test } from 'vitest'
import { familyName, labelName } from '../../src/exposition/names.ts'
import { defaultMerge, type InstrumentKind, type StreamDefinition } from '../../src/segment/stream.ts'
import { defaultAggregation } from '../../src/view/aggregation-option.ts'

function define(name: string, unit: string, kind: InstrumentKind): StreamDefinition {
  const scope = { name: 'test', version: '', schemaUrl: '' }
  const aggregation = defaultAggregation({ kind, boundaries: undefined })
  return { scope, name, unit, kind, description: '', integer: false, aggregation, ...defaultMerge(kind) }
}

test.each([
  ['http.server.request.duration', 's', 'HISTOGRAM', 'http_server_request_duration_seconds'],
  ['http.server.active_requests', '{request}', 'UP_DOWN_COUNTER', 'http_server_active_requests'],
  ['deployment', '', 'COUNTER', 'deployment_total'],
  ['deployment.total', '', 'COUNTER', 'deployment_total'],
  ['deployment_total', '', 'COUNTER', 'deployment_total'],
  ['process.memory.usage', 'By', 'UP_DOWN_COUNTER', 'process_memory_usage_bytes'],
  ['bytes', 'By', 'GAUGE', 'bytes'],
  ['network.io', 'By', 'COUNTER', 'network_io_bytes_total'],
  ['throughput', 'By/s', 'GAUGE', 'throughput_bytes_per_second'],
  ['events', '{event}/s', 'GAUGE', 'events_per_second'],
  ['utilization', '1', 'GAUGE', 'utilization_ratio'],
  ['utilization', '1', 'COUNTER', 'utilization_total'],
  ['a--b..c', '', 'GAUGE', 'a_b_c'],
  ['1st', '', 'GAUGE', '_1st'],
  ['request.size_bytes', 'By', 'HISTOGRAM', 'request_size_bytes'],
] as [string, string, InstrumentKind, string][])('%s in "%s" as %s is %s', (name, unit, kind, expected) => {
  expect(familyName(define(name, unit, kind))).toBe(expected)
})

test.each([
  ['http.route', 'http_route'],
  ['1st', 'key_1st'],
  ['a b', 'a_b'],
  ['schlüssel', 'schl_ssel'],
])('attribute %s is label %s', (key, label) => expect(labelName(key)).toBe(label))
