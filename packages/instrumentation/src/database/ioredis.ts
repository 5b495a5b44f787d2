import type { InstrumentationContext } from '../instrumentation.ts'
import { stopAll } from '../stop-all.ts'
import { hookIoredisCommands } from './ioredis-commands.ts'
import { hookIoredisPipelines } from './ioredis-pipelines.ts'
import { listenToIoredis } from './redis-channel.ts'
import { createRedisMetrics } from './redis-metrics.ts'

/**
 * `db.client.operation.duration` and `cache.requests` for ioredis 4 to 6, by a hook. The channel that ioredis 6
 * publishes serves only copies that the hook cannot see, in a bundled app: it hides the keys of some commands,
 * so that no pattern can be told, does not say what was sent as one batch, and costs more than the hook.
 */
export function startIoredis(context: InstrumentationContext): () => void {
  const metrics = createRedisMetrics(context)
  const stopListening = listenToIoredis(context, metrics)
  return stopAll([
    stopListening,
    hookIoredisCommands(context, metrics, stopListening),
    hookIoredisPipelines(context, metrics),
  ])
}
