import { listen } from '../channel.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { describeRedisError } from './redis-errors.ts'
import type { RedisMetrics } from './redis-metrics.ts'

const startKey: unique symbol = Symbol('tutti.redis.start')

/** What ioredis 6 and node-redis 5.12 and 6 publish; a key that they hide is `?`. */
interface TracedCommand {
  command: string
  args?: readonly string[]
  database?: number
  serverAddress?: string
  serverPort?: number
  result?: unknown
  error?: unknown
  [startKey]?: number
}

/** The channel `ioredis:command` of ioredis 6. */
export function listenToIoredis(context: InstrumentationContext, metrics: RedisMetrics): () => void {
  return listenToCommands('ioredis:command', 'ioredis', 0, context, metrics)
}

/** The channel `node-redis:command` of node-redis 5.12 and newer. */
export function listenToNodeRedis(context: InstrumentationContext, metrics: RedisMetrics): () => void {
  return listenToCommands('node-redis:command', 'redis', 1, context, metrics)
}

function listenToCommands(
  channel: string,
  name: string,
  firstKey: number,
  { warn }: InstrumentationContext,
  metrics: RedisMetrics,
): () => void {
  const stops = [
    listen<TracedCommand>(`tracing:${channel}:start`, name, warn, command => {
      command[startKey] = performance.now()
    }),
    listen<TracedCommand>(`tracing:${channel}:asyncStart`, name, warn, traced => {
      const {
        command,
        args = [],
        database,
        serverAddress,
        serverPort,
        result,
        error,
        [startKey]: startMs,
      } = traced
      if (startMs === undefined) return
      const failure = error === undefined ? undefined : describeRedisError(error)
      metrics.findServer(serverAddress, serverPort, database).record(command, startMs, failure)
      metrics.cache.count(command, args, firstKey, result, failure?.['error.type'])
    }),
  ]
  return () => {
    for (const stop of stops.splice(0)) stop()
  }
}
