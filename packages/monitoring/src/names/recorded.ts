import { fromInstruments, type Table } from './metric.ts'

const instruments = {
  httpServerDuration: ['histogram', 'http.server.request.duration', 's'],
  httpServerActive: ['gauge', 'http.server.active_requests', '{request}'],
  httpServerRequestBody: ['histogram', 'http.server.request.body.size', 'By'],
  httpServerResponseBody: ['histogram', 'http.server.response.body.size', 'By'],
  httpClientDuration: ['histogram', 'http.client.request.duration', 's'],

  databaseDuration: ['histogram', 'db.client.operation.duration', 's'],
  databaseRows: ['counter', 'db.client.model.operations', '{row}'],
  connections: ['gauge', 'db.client.connection.count', '{connection}'],
  connectionsMax: ['gauge', 'db.client.connection.max', '{connection}'],
  connectionsPending: ['gauge', 'db.client.connection.pending_requests', '{request}'],
  connectionWait: ['histogram', 'db.client.connection.wait_time', 's'],
  connectionUse: ['histogram', 'db.client.connection.use_time', 's'],
  connectionTimeouts: ['counter', 'db.client.connection.timeouts', '{timeout}'],
  connectionsOpened: ['counter', 'db.client.connection.opened', '{connection}'],
  connectionsFailed: ['counter', 'db.client.connection.failed', '{connection}'],
  migrationsApplied: ['gauge', 'db.client.migrations.applied', '{migration}'],
  migrationsPending: ['gauge', 'db.client.migrations.pending', '{migration}'],

  cacheRequests: ['counter', 'cache.requests', '{request}'],

  messagesSent: ['counter', 'messaging.client.sent.messages', '{message}'],
  messageProcessing: ['histogram', 'messaging.process.duration', 's'],
  queueJobs: ['gauge', 'bullmq.queue.jobs', '{job}'],

  eventLoopDelayP50: ['gauge', 'nodejs.eventloop.delay.p50', 's'],
  eventLoopDelayP99: ['gauge', 'nodejs.eventloop.delay.p99', 's'],
  eventLoopDelayMax: ['gauge', 'nodejs.eventloop.delay.max', 's'],
  eventLoopUtilization: ['gauge', 'nodejs.eventloop.utilization', '1'],
  gcDuration: ['histogram', 'v8js.gc.duration', 's'],
  heapUsed: ['gauge', 'v8js.memory.heap.used', 'By'],
  heapLimit: ['gauge', 'v8js.memory.heap.size_limit', 'By'],
  externalMemory: ['gauge', 'v8js.memory.external', 'By'],
  activeResources: ['gauge', 'v8js.resource.active', '{resource}'],
  cpuTime: ['counter', 'process.cpu.time', 's'],
  cpuUtilization: ['gauge', 'process.cpu.utilization', '1'],
  memoryUsage: ['gauge', 'process.memory.usage', 'By'],
  threads: ['gauge', 'process.thread.count', '{thread}'],
  descriptors: ['gauge', 'process.unix.file_descriptor.count', '{file_descriptor}'],
  descriptorsLimit: ['gauge', 'process.unix.file_descriptor.limit', '{file_descriptor}'],
  uptime: ['gauge', 'process.uptime', 's'],
} as const

/**
 * What `@tutti/instrumentation` records, by OpenTelemetry's names and units. The one table of names: every query is
 * made from it, and a test compares it with the instruments that the instrumentation really creates.
 */
export const recorded: Table<typeof instruments> = fromInstruments(instruments)
