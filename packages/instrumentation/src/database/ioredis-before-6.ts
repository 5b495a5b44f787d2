import { existsSync } from 'node:fs'
import { guard } from '../guard.ts'
import type { InstrumentationContext } from '../start.ts'
import type { RedisCommand } from './ioredis.ts'

const seenKey = Symbol('tutti.ioredis.seen')

interface Command {
  name: string
  resolve(result: unknown): void
  reject(error: unknown): void
  [seenKey]?: boolean
}

interface Redis {
  options: { host?: string; port?: number; path?: string; db?: number }
  condition?: { select?: number } | null
}

interface RedisClass {
  prototype: { sendCommand(this: Redis, command: Command, ...rest: unknown[]): unknown }
}

/**
 * ioredis 4 and most of 5 publish no channel. There a command's own `resolve` and `reject` are wrapped,
 * so the promise the app gets stays the same one and an unhandled rejection stays unhandled.
 */
export function hookIoredisBefore6(
  { hook, warn }: InstrumentationContext,
  onStart: (command: RedisCommand) => void,
  onSettled: (command: RedisCommand) => void,
): () => void {
  let stopped = false
  const settle = guard('ioredis', warn, onSettled)
  const watch = guard('ioredis', warn, (redis: Redis, command: Command): void => {
    // A command passes here again when it leaves the offline queue or is sent anew after a reconnection.
    if (stopped || typeof command !== 'object' || command[seenKey]) return
    command[seenKey] = true
    const { host, port, path, db } = redis.options
    const context: RedisCommand = {
      command: command.name,
      database: redis.condition?.select ?? db,
      serverAddress: path ?? host ?? 'localhost',
      serverPort: path === undefined || path === null ? (port ?? 6379) : undefined,
    }
    const { resolve, reject } = command
    command.resolve = result => {
      settle(context)
      resolve(result)
    }
    command.reject = error => {
      context.error = error
      settle(context)
      reject(error)
    }
    onStart(context)
  })

  for (const file of ['built/Redis.js', 'built/redis/index.js']) {
    hook.onLoad('ioredis', file, (exports, { directory }) => {
      if (existsSync(`${directory}/built/tracing.js`)) return
      const { prototype } = (exports as { default?: RedisClass }).default ?? (exports as RedisClass)
      const sendCommand = prototype.sendCommand
      prototype.sendCommand = function (command, ...rest): unknown {
        watch(this, command)
        return sendCommand.call(this, command, ...rest)
      }
    })
  }
  return () => {
    stopped = true
  }
}
