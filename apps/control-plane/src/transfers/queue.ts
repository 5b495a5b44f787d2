import { Queue } from 'bullmq'
import { type Connections, openConnections } from './redis.ts'

export const queueName = 'transfers'

export type TransferKind = 'import' | 'export'

/** Says to the job workers that there is something to do. Redis may be dead: the rows are found again when it is not. */
export class TransferQueue {
  readonly #queue: Queue
  readonly #connections: Connections

  constructor(redisUrl: string) {
    this.#connections = openConnections(redisUrl, {
      // What is said before the connection stands waits for the first attempt to make it, and no longer: what is not
      // said is in the rows.
      maxRetriesPerRequest: 0,
      commandTimeout: 1_000,
      retryStrategy: attempts => Math.min(attempts * 100, 1_000),
    })
    this.#queue = new Queue(queueName, { connection: this.#connections.redis, skipWaitingForReady: true })
    // The cache says when Redis comes and goes.
    this.#queue.on('error', () => undefined)
  }

  /** Whether nothing can be said now, because Redis has gone away. */
  get isLost(): boolean {
    return this.#connections.isLost
  }

  /**
   * Whatever is in the queue already is not added again. False if Redis cannot be reached: at once when it is known to
   * be away, for each of many would wait for another attempt to reach it, else within a second.
   */
  async announce(kind: TransferKind, id: string): Promise<boolean> {
    if (this.isLost) return false
    try {
      await this.#queue.add(
        kind,
        { id },
        { jobId: `${kind}-${id}`, removeOnComplete: true, removeOnFail: true },
      )
      return true
    } catch {
      return false
    }
  }

  /** Never rejects, nor waits for a Redis that is dead. */
  async close(): Promise<void> {
    if (await this.#connections.answers()) await this.#queue.close().catch(() => undefined)
    this.#connections.end()
  }
}
