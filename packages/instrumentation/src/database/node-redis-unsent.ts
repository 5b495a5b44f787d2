import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { classOf } from './ioredis-commands.ts'
import type { CommandQueues } from './node-redis-queue.ts'
import { describeRedisError } from './redis-errors.ts'
import type { RedisAddress, RedisMetrics } from './redis-metrics.ts'

interface Client {
  options?: { socket?: RedisAddress; database?: number }
}

type SendCommand = (this: Client, args: unknown[], options?: unknown) => Promise<unknown>
type Executor = (this: Client, command: RedisCommand, args: unknown[]) => Promise<unknown>

interface RedisCommand {
  transformArguments(...args: unknown[]): unknown[]
}

/**
 * A client that is closed, or offline without an offline queue, refuses commands before they reach its queue;
 * to the app they are failures like any other.
 */
export function hookNodeRedisUnsent(
  { hook, warn }: InstrumentationContext,
  metrics: RedisMetrics,
  queues: CommandQueues,
): () => void {
  let stopped = false
  const record = guard('redis', warn, (client: Client, args: unknown[], startMs: number, error: unknown) => {
    const failure = describeRedisError(error)
    if (stopped || !/^Client(Closed|Offline)Error$/.test(failure['error.type'])) return
    const { socket, database } = client.options ?? {}
    const command = String(args[0])
    metrics.findServerAt(socket, database).record(command, startMs, failure)
    metrics.cache.count(command, args, 1, undefined, failure['error.type'])
  })

  function watch(
    client: Client,
    promise: Promise<unknown>,
    readArguments: () => unknown[],
  ): Promise<unknown> {
    const startMs = performance.now()
    return promise.catch(error => {
      record(client, readArguments(), startMs, error)
      throw error
    })
  }

  // 5 and 6
  hook.onLoad('@redis/client', 'dist/lib/client/index.js', (exports, file) => {
    if (file.version().startsWith('1.')) return
    const { prototype } = classOf<{ sendCommand: SendCommand }>(exports)
    const { sendCommand } = prototype
    prototype.sendCommand = function (args, options) {
      const before = queues.added
      const promise = sendCommand.call(this, args, options)
      return queues.added === before ? watch(this, promise, () => args) : promise
    }
  })

  // 4, whose client takes the executor of its commands when it is loaded
  hook.onLoad('@redis/client', 'dist/lib/commander.js', exports => {
    const module = exports as { attachCommands?: (config: { executor: Executor }) => unknown }
    const { attachCommands } = module
    if (attachCommands === undefined) return
    module.attachCommands = config => {
      const { executor } = config
      return attachCommands({
        ...config,
        executor(command, args) {
          const before = queues.added
          const promise = executor.call(this, command, args)
          // A transaction's commands come here too, and only join it.
          if (queues.added !== before || typeof promise?.catch !== 'function') return promise
          return watch(this, promise, () => command.transformArguments(...args))
        },
      })
    }
  })
  return () => {
    stopped = true
  }
}
