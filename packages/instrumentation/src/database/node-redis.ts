import type { InstrumentationContext } from '../instrumentation.ts'
import { hookNodeRedisQueue } from './node-redis-queue.ts'
import { hookNodeRedisUnsent } from './node-redis-unsent.ts'
import { listenToNodeRedis } from './redis-channel.ts'
import { createRedisMetrics } from './redis-metrics.ts'

/**
 * `db.client.operation.duration` and `cache.requests` for node-redis 4 to 6. The channel that it publishes
 * from 5.12 serves only copies that the hooks cannot see, as with ioredis.
 */
export function startNodeRedis(context: InstrumentationContext): () => void {
  const metrics = createRedisMetrics(context)
  const stopListening = listenToNodeRedis(context, metrics)
  const queue = hookNodeRedisQueue(context, metrics, stopListening)
  const stopUnsent = hookNodeRedisUnsent(context, metrics, queue)
  return () => {
    stopListening()
    queue.stop()
    stopUnsent()
  }
}
