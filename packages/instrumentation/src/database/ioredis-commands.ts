import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import type { Server } from './duration.ts'
import { describeRedisError } from './redis-errors.ts'
import type { RedisAddress, RedisMetrics } from './redis-metrics.ts'

const watchedKey: unique symbol = Symbol('tutti.ioredis.watched')
const serverKey: unique symbol = Symbol('tutti.ioredis.server')

interface Command {
  name: string
  args: unknown[]
  resolve(result: unknown): void
  reject(error: unknown): void
  /** Set by a pipeline, whose commands are one operation. */
  pipelineIndex?: number
  inTransaction?: boolean
  /** Who sends it. */
  [watchedKey]?: Redis
}

export interface Redis {
  options?: RedisAddress & { db?: number; keyPrefix?: string }
  condition?: { select?: number } | null
  isCluster?: boolean
  [serverKey]?: { database: number; server: Server }
}

type SendCommand = (this: Redis, command: Command, ...rest: unknown[]) => unknown

/**
 * A command's own `resolve` and `reject` are wrapped, so the promise the app gets stays the same one and an
 * unhandled rejection stays unhandled. A cluster is watched before its nodes, so that a command which is sent
 * to another node ends once.
 */
export function hookIoredisCommands(
  { hook, warn }: InstrumentationContext,
  metrics: RedisMetrics,
  onHooked: () => void,
): () => void {
  let stopped = false

  const settle = guard(
    'ioredis',
    warn,
    (command: Command, startMs: number, reply: unknown, error: unknown) => {
      const redis = command[watchedKey]
      if (stopped || redis === undefined) return
      const failure = error === undefined ? undefined : describeRedisError(error)
      if (command.pipelineIndex === undefined) {
        findServer(metrics, redis).record(command.name, startMs, failure)
      }
      // In a transaction the reply only says that the command was queued.
      if (command.inTransaction) return
      metrics.cache.count(
        command.name,
        command.args,
        0,
        reply,
        failure?.['error.type'],
        redis.options?.keyPrefix,
      )
    },
  )

  const watch = guard('ioredis', warn, (redis: Redis, command: Command): void => {
    if (stopped || typeof command !== 'object') return
    const isSeen = command[watchedKey] !== undefined
    // It passes here again in a cluster's node, from the offline queue, or after a reconnection.
    if (!isSeen || !redis.isCluster) command[watchedKey] = redis
    if (isSeen) return
    const startMs = performance.now()
    const { resolve, reject } = command
    command.resolve = result => {
      settle(command, startMs, result, undefined)
      resolve(result)
    }
    command.reject = error => {
      settle(command, startMs, undefined, error ?? new Error())
      reject(error)
    }
  })

  for (const file of ['built/Redis.js', 'built/redis/index.js', 'built/cluster/index.js']) {
    hook.onLoad('ioredis', file, exports => {
      const { prototype } = classOf<{ sendCommand?: SendCommand }>(exports)
      const sendCommand = prototype.sendCommand
      if (sendCommand === undefined) return
      prototype.sendCommand = function (command, ...rest): unknown {
        watch(this, command)
        return sendCommand.call(this, command, ...rest)
      }
      if (file !== 'built/cluster/index.js') onHooked()
    })
  }
  return () => {
    stopped = true
  }
}

/** The series of the server and database that a connection has chosen. */
export function findServer(metrics: RedisMetrics, redis: Redis): Server {
  const database = redis.condition?.select ?? redis.options?.db ?? 0
  const known = redis[serverKey]
  if (known?.database === database) return known.server
  const server = redis.isCluster
    ? metrics.findServer(undefined, undefined, database)
    : metrics.findServerAt(redis.options, database)
  redis[serverKey] = { database, server }
  return server
}

export function classOf<Prototype>(exports: unknown): { prototype: Prototype } {
  const { default: inner } = exports as { default?: { prototype: Prototype } }
  return inner ?? (exports as { prototype: Prototype })
}
