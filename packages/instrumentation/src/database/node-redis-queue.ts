import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import type { Server } from './duration.ts'
import { type Chain, joinChain, type LatestChain, settleChained } from './node-redis-chain.ts'
import { describeRedisError } from './redis-errors.ts'
import type { RedisAddress, RedisMetrics } from './redis-metrics.ts'
import { watchPromise } from './watch-promise.ts'

/** What we remember of a connection's queue of commands. */
interface Connection {
  socket?: RedisAddress
  database: number
  server?: Server
  chained: LatestChain
}

type Argument = string | Uint8Array
type AddCommand = (args: Argument[], options?: { chainId?: unknown }) => PromiseLike<unknown>
type QueueClass = new (...args: unknown[]) => { addCommand: AddCommand }
type SocketClass = new (...args: unknown[]) => object

export interface CommandQueues {
  /** How many commands were put into any queue so far. */
  readonly added: number
  stop(): void
}

/**
 * Every command of node-redis 4 to 6, single or in a pipeline or transaction, goes through the `addCommand` of
 * its connection's queue. Neither the queue nor its client tells which server it is of; but a client makes its
 * queue and then its socket, in one go.
 */
export function hookNodeRedisQueue(
  { hook, warn }: InstrumentationContext,
  metrics: RedisMetrics,
  onHooked: () => void,
): CommandQueues {
  const connections = new WeakMap<object, Connection>()
  let latest: Connection | undefined
  let stopped = false
  let added = 0

  hook.onLoad('@redis/client', 'dist/lib/client/commands-queue.js', exports => {
    const module = exports as { default: QueueClass }
    module.default = class RedisCommandsQueue extends module.default {
      constructor(...args: unknown[]) {
        super(...args)
        latest = { database: 0, chained: {} }
        connections.set(this, latest)
        const { addCommand } = this
        this.addCommand = function (args, options): PromiseLike<unknown> {
          added++
          const connection = connections.get(this)
          const promise = addCommand.call(this, args, options)
          return stopped || connection === undefined
            ? promise
            : watch(connection, args, options?.chainId, promise)
        }
      }
    }
    onHooked()
  })

  hook.onLoad('@redis/client', 'dist/lib/client/socket.js', exports => {
    const module = exports as { default: SocketClass }
    module.default = class RedisSocket extends module.default {
      constructor(...args: unknown[]) {
        super(...args)
        if (latest !== undefined) latest.socket = (args.at(-1) ?? {}) as RedisAddress
        latest = undefined
      }
    }
  })

  const settle = guard(
    'redis',
    warn,
    (
      connection: Connection,
      args: Argument[],
      chained: Chain | undefined,
      startMs: number,
      reply: unknown,
      error: unknown,
    ) => {
      const failure = error === undefined ? undefined : describeRedisError(error)
      const command = String(args[0])
      if (chained === undefined) serverOf(connection).record(command, startMs, failure)
      else settleChained(serverOf(connection), chained, reply, error)
      if (!chained?.multi) metrics.cache.count(command, args, 1, reply, failure?.['error.type'])
      if (command === 'SELECT' && error === undefined) selectDatabase(connection, Number(args[1]))
    },
  )

  function watch(
    connection: Connection,
    args: Argument[],
    chainId: unknown,
    promise: PromiseLike<unknown>,
  ): PromiseLike<unknown> {
    const startMs = performance.now()
    const chained =
      typeof chainId === 'symbol' ? joinChain(connection.chained, chainId, String(args[0])) : undefined
    return watchPromise(promise, (error, reply) => settle(connection, args, chained, startMs, reply, error))
  }

  function serverOf(connection: Connection): Server {
    connection.server ??= metrics.findServerAt(connection.socket, connection.database)
    return connection.server
  }

  return {
    get added() {
      return added
    },
    stop(): void {
      stopped = true
    },
  }
}

function selectDatabase(connection: Connection, database: number): void {
  connection.database = database
  delete connection.server
}
