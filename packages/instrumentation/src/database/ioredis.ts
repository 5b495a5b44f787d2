import type { Attributes, Histogram } from '@opentelemetry/api'
import { listen } from '../channel.ts'
import type { InstrumentationContext } from '../start.ts'
import { createOperationDuration } from './duration.ts'
import { hookIoredisBefore6 } from './ioredis-before-6.ts'

const startKey: unique symbol = Symbol('tutti.ioredis.start')

export interface RedisCommand {
  command: string
  database?: number | undefined
  serverAddress?: string | undefined
  serverPort?: number | undefined
  error?: unknown
  [startKey]?: number
}

/** `db.client.operation.duration` for ioredis: from its own channel where it has one, else by a hook. */
export function startIoredis(context: InstrumentationContext): () => void {
  const duration = createOperationDuration(context.meter)
  const onSettled = (command: RedisCommand): void => recordCommand(duration, command)
  const stops = [
    listen('tracing:ioredis:command:start', 'ioredis', context.warn, startCommand),
    listen('tracing:ioredis:command:asyncStart', 'ioredis', context.warn, onSettled),
    hookIoredisBefore6(context, startCommand, onSettled),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function startCommand(command: RedisCommand): void {
  command[startKey] = performance.now()
}

function recordCommand(duration: Histogram, command: RedisCommand): void {
  const start = command[startKey]
  if (start === undefined) return
  const attributes: Attributes = {
    'db.system.name': 'redis',
    'db.operation.name': command.command,
    'db.namespace': String(command.database ?? 0),
  }
  if (command.serverAddress !== undefined) attributes['server.address'] = command.serverAddress
  if (command.serverPort !== undefined) attributes['server.port'] = command.serverPort
  if (command.error !== undefined) attributes['error.type'] = errorType(command.error)
  duration.record((performance.now() - start) / 1000, attributes)
}

/** Redis begins an error with its kind (WRONGTYPE, READONLY); any other error has a code or a name. */
function errorType(error: unknown): string {
  const { name, message, code } = error as { name?: string; message?: string; code?: string }
  if (name === 'ReplyError') return /^[A-Z]+\b/.exec(message ?? '')?.[0] ?? name
  return code ?? name ?? '_OTHER'
}
