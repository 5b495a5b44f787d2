import { Redis } from 'ioredis'

/** Connections to Redis that BullMQ works with, and that are ours to end. */
export interface Connections {
  redis: Redis
  /** Whether the connection has broken and is not there again; false also while the first one is being made. */
  readonly isLost: boolean
  /** Whether Redis answers now; a dead one is not waited for. */
  answers(): Promise<boolean>
  /** Ends all of them at once, also those that are being made. */
  end(): void
}

interface Options {
  enableOfflineQueue?: boolean
  maxRetriesPerRequest: number | null
  commandTimeout?: number
  retryStrategy?: (attempts: number) => number
}

const answerLimitMs = 1_000

/** BullMQ takes its leave of Redis, and waits for ever for one that is dead; what holds the process ends with these. */
export function openConnections(redisUrl: string, options: Options): Connections {
  const redis = new Redis(redisUrl, options)
  let isLost = false
  redis.on('close', () => {
    isLost = true
  })
  redis.on('ready', () => {
    isLost = false
  })
  const all = [redis]
  // BullMQ waits for jobs on a connection of its own.
  const duplicate = redis.duplicate.bind(redis)
  redis.duplicate = override => {
    const copy = duplicate(override)
    all.push(copy)
    return copy
  }
  return {
    redis,
    get isLost() {
      return isLost
    },
    answers: () => answersInTime(redis),
    end() {
      for (const each of all) each.disconnect()
    },
  }
}

async function answersInTime(redis: Redis): Promise<boolean> {
  if (redis.status !== 'ready') return false
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(resolve, answerLimitMs, false)
  })
  const answered = redis.ping().then(
    () => true,
    () => false,
  )
  const answers = await Promise.race([answered, late])
  clearTimeout(timer)
  return answers
}
