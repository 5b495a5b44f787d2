import type { CacheRequests } from '../cache/requests.ts'
import { createCacheRequests } from '../cache/requests.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { createOperationDuration, type Server } from './duration.ts'
import { describeRedisError } from './redis-errors.ts'

/** Where a client is told to connect to: a Unix socket's path, or a host and a port. */
export interface RedisAddress {
  host?: string
  port?: number
  path?: string
}

/** What every Redis client records into. */
export interface RedisMetrics {
  findServer(address?: string, port?: number, database?: number): Server
  /** The same by a client's options, and the clients' own defaults. */
  findServerAt(address: RedisAddress | undefined, database?: number): Server
  cache: CacheRequests
}

export function createRedisMetrics(context: InstrumentationContext): RedisMetrics {
  const durations = createOperationDuration(context.meter)
  const findServer: RedisMetrics['findServer'] = (address, port, database) =>
    durations('redis', address, port, String(database ?? 0))
  return {
    findServer,
    findServerAt(address, database) {
      const { host, port, path } = address ?? {}
      return path
        ? findServer(path, undefined, database)
        : findServer(host ?? 'localhost', port ?? 6379, database)
    },
    cache: createCacheRequests(context),
  }
}

/**
 * Several commands sent at once are one operation, `PIPELINE` or `MULTI`, with the command's name where it is
 * the same in all of them, as the semantic conventions for Redis say. The first error in it is its error.
 */
export class RedisBatch {
  readonly startMs: number = performance.now()
  readonly #kind: string
  #command: string | undefined
  #mixed = false
  #error: unknown

  constructor(kind: 'MULTI' | 'PIPELINE') {
    this.#kind = kind
  }

  add(command: string): void {
    if (/^(?:multi|exec|asking)$/i.test(command)) return
    this.#command ??= command
    if (this.#command !== command) this.#mixed = true
  }

  fail(error: unknown): void {
    this.#error ??= error
  }

  /** A reply may be an error, or a list with errors in it. */
  readReply(reply: unknown): void {
    if (reply instanceof Error) this.fail(reply)
    else if (Array.isArray(reply)) for (const one of reply) if (one instanceof Error) this.fail(one)
  }

  record(server: Server): void {
    const same = this.#command !== undefined && !this.#mixed
    const operation = same ? `${this.#kind} ${this.#command}` : this.#kind
    server.record(
      operation,
      this.startMs,
      this.#error === undefined ? undefined : describeRedisError(this.#error),
    )
  }
}
