import type { Attributes, Counter } from '@opentelemetry/api'
import { type AddHandle, bindCounter } from '../handle.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { createKeyPattern } from './key-pattern.ts'

/** What a reading command is given and answers: one value, one of each key, one of each field, or all fields. */
type Reading = 'value' | 'keys' | 'fields' | 'map'

const readings: Record<string, Reading> = {
  get: 'value',
  getex: 'value',
  getdel: 'value',
  hget: 'value',
  'json.get': 'value',
  mget: 'keys',
  hmget: 'fields',
  hgetall: 'map',
}
const readingByCommand = new Map(
  Object.entries(readings).flatMap(([name, reading]) => [
    [name, reading],
    [name.toUpperCase(), reading],
  ]),
)

type Result = 'hit' | 'miss' | 'failure'

export interface CacheRequests {
  /** `firstKey` is where the key stands in the command's arguments; `errorType` is set when it failed. */
  count(
    command: string,
    args: readonly unknown[],
    firstKey: number,
    reply: unknown,
    errorType?: string,
    prefix?: string,
  ): void
}

/**
 * `cache.requests`: values that were asked for, by what came of it and by the pattern of their key, never by
 * a key. There is no semantic convention for caches; the name follows those of the others.
 */
export function createCacheRequests({ meter, env }: InstrumentationContext): CacheRequests {
  const requests = meter.createCounter('cache.requests', {
    description: 'Values asked of a cache, by result and by the pattern of their key.',
    unit: '{request}',
  })
  const seriesOf = createKeyPattern(env, pattern => new PatternSeries(requests, pattern))

  return {
    count(command, args, firstKey, reply, errorType, prefix): void {
      const reading = readingByCommand.get(command)
      if (reading === undefined) return
      const key = args[firstKey]
      if (reading === 'value' || reading === 'map') {
        const missed = reading === 'value' ? reply === null || reply === undefined : isEmpty(reply)
        seriesOf(key, prefix).add(missed ? 'miss' : 'hit', errorType)
        return
      }
      const replies = Array.isArray(reply) ? reply : []
      const asked = args.length - firstKey - (reading === 'fields' ? 1 : 0)
      for (let index = 0; index < asked; index++) {
        const asking = reading === 'keys' ? args[firstKey + index] : key
        seriesOf(asking, prefix).add(replies[index] == null ? 'miss' : 'hit', errorType)
      }
    },
  }
}

/** The series of one pattern. */
class PatternSeries {
  readonly #requests: Counter
  readonly #pattern: string | undefined
  #hits: AddHandle | undefined
  #misses: AddHandle | undefined

  constructor(requests: Counter, pattern: string | undefined) {
    this.#requests = requests
    this.#pattern = pattern
  }

  /** With an error it is a failure, whatever was answered. */
  add(result: 'hit' | 'miss', errorType: string | undefined): void {
    if (errorType !== undefined) {
      this.#requests.add(1, { ...this.#describe('failure'), 'error.type': errorType })
    } else if (result === 'hit') {
      this.#hits ??= bindCounter(this.#requests, this.#describe(result))
      this.#hits.add(1)
    } else {
      this.#misses ??= bindCounter(this.#requests, this.#describe(result))
      this.#misses.add(1)
    }
  }

  #describe(result: Result): Attributes {
    const attributes: Attributes = { 'db.system.name': 'redis', 'cache.result': result }
    if (this.#pattern !== undefined) attributes['cache.key.pattern'] = this.#pattern
    return attributes
  }
}

function isEmpty(reply: unknown): boolean {
  if (Array.isArray(reply)) return reply.length === 0
  if (reply instanceof Map) return reply.size === 0
  return reply === null || typeof reply !== 'object' || Object.keys(reply).length === 0
}
