import { Redis } from 'ioredis'
import type { Deployment } from './deployment.ts'

const timeToLiveSeconds = 30

/**
 * Deployments in Redis. Redis is a convenience: when it is dead or slow, reads miss, writes do nothing, and nobody
 * waits longer than a quarter of a second. Entries live for 30 s, which bounds how old one can be that was written
 * just before Redis became unreachable.
 */
export class DeploymentCache {
  readonly #redis: Redis
  #reachable = true

  constructor(redisUrl: string) {
    this.#redis = new Redis(redisUrl, {
      // A command fails at once while there is no connection, instead of waiting for one.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 1_000,
      commandTimeout: 250,
      retryStrategy: attempts => Math.min(attempts * 100, 1_000),
    })
    this.#redis.on('error', error => this.#say(false, error))
    this.#redis.on('ready', () => this.#say(true))
  }

  get reachable(): boolean {
    return this.#redis.status === 'ready'
  }

  async get(id: string): Promise<Deployment | undefined> {
    try {
      const text = await this.#redis.get(key(id))
      return text === null ? undefined : (JSON.parse(text) as Deployment)
    } catch {
      return undefined
    }
  }

  /** After a read: never replaces an entry, which may be newer than what was read. */
  async fill(deployment: Deployment): Promise<void> {
    await this.#redis
      .set(key(deployment.id), JSON.stringify(deployment), 'EX', timeToLiveSeconds, 'NX')
      .catch(() => undefined)
  }

  /** After a change; a later one that another process has made stays. */
  async replace(deployment: Deployment): Promise<void> {
    const { id, updatedAt } = deployment
    await this.#redis
      .eval(replaceOlder, 1, key(id), JSON.stringify(deployment), timeToLiveSeconds, updatedAt)
      .catch(() => undefined)
  }

  close(): void {
    this.#redis.disconnect()
  }

  #say(reachable: boolean, error?: Error & { code?: string }): void {
    if (reachable === this.#reachable) return
    this.#reachable = reachable
    if (reachable) console.error('Redis is there again.')
    else
      console.error(`Redis is not there (${error?.code ?? error?.message}); reading from the database only.`)
  }
}

// Times of the database as ISO texts: they are ordered as texts.
const replaceOlder = `
  local there = redis.call('get', KEYS[1])
  if there and cjson.decode(there).updatedAt > ARGV[3] then return 0 end
  redis.call('set', KEYS[1], ARGV[1], 'ex', ARGV[2])
  return 1
`

function key(id: string): string {
  return `deployment:${id}`
}
