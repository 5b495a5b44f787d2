const REQUEST = [
  ...['http.request.method', 'url.scheme', 'network.protocol.version', 'http.route'],
  ...['http.response.status_code', 'error.type'],
]
const POOL = ['db.client.connection.pool.name']
const MESSAGES = ['messaging.system', 'messaging.operation.name', 'messaging.destination.name']

/**
 * The attributes of what the instrumentation records; a metric that is not here has none. A test uses every library
 * and compares this with what was recorded.
 */
export const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  'http.server.request.duration': REQUEST,
  'http.server.request.body.size': REQUEST,
  'http.server.response.body.size': REQUEST,
  'http.server.active_requests': ['http.request.method', 'url.scheme'],
  'http.client.request.duration': [
    ...['http.request.method', 'server.address', 'server.port', 'url.scheme', 'network.protocol.version'],
    ...['http.response.status_code', 'error.type'],
  ],

  'db.client.operation.duration': [
    ...['db.system.name', 'db.operation.name', 'db.namespace', 'server.address', 'server.port'],
    ...['error.type', 'db.response.status_code'],
  ],
  'db.client.model.operations': ['db.system.name', 'db.collection.name', 'db.operation.name', 'db.namespace'],
  'db.client.connection.count': [...POOL, 'db.client.connection.state'],
  'db.client.connection.max': POOL,
  'db.client.connection.pending_requests': POOL,
  'db.client.connection.wait_time': POOL,
  'db.client.connection.use_time': POOL,
  'db.client.connection.timeouts': POOL,
  'db.client.connection.create_time': POOL,
  'db.client.connection.opened': POOL,
  'db.client.connection.failed': [...POOL, 'error.type'],
  'db.client.migrations.applied': ['db.system.name', 'db.collection.name'],
  'db.client.migrations.pending': ['db.system.name', 'db.collection.name'],

  'cache.requests': ['db.system.name', 'cache.result', 'cache.key.pattern', 'error.type'],

  'messaging.client.sent.messages': [...MESSAGES, 'error.type'],
  'messaging.client.operation.duration': [...MESSAGES, 'error.type'],
  'messaging.client.consumed.messages': MESSAGES,
  'messaging.process.duration': [...MESSAGES, 'error.type'],
  'bullmq.queue.jobs': ['messaging.system', 'messaging.destination.name', 'bullmq.queue.jobs.state'],

  'nodejs.eventloop.time': ['nodejs.eventloop.state'],
  'v8js.gc.duration': ['v8js.gc.type'],
  'v8js.memory.heap.used': ['v8js.heap.space.name'],
  'v8js.memory.heap.space.size': ['v8js.heap.space.name'],
  'v8js.memory.heap.space.available_size': ['v8js.heap.space.name'],
  'v8js.memory.heap.space.physical_size': ['v8js.heap.space.name'],
  'v8js.resource.active': ['v8js.resource.type'],
  'process.cpu.time': ['cpu.mode'],
  'process.cpu.utilization': ['cpu.mode'],
  'process.context_switches': ['process.context_switch.type'],
  'process.paging.faults': ['system.paging.fault.type'],
}
