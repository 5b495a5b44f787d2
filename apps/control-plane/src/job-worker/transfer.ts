import { Worker } from 'bullmq'
import type { Pool } from 'pg'
import { findOpenTransfers, type OpenTransfer } from '../transfers/open-transfers.ts'
import { queueName, type TransferKind, TransferQueue } from '../transfers/queue.ts'
import { openConnections } from '../transfers/redis.ts'
import { runExport } from '../transfers/run-export.ts'
import { runImport } from '../transfers/run-import.ts'

const concurrency = 2
// A worker that was killed is noticed after so long.
const lockMs = 3_000

export interface TransferWork {
  /** Takes care of what nobody alive works on; resolves with how many of it were done here. */
  workOnOpen(): Promise<number>
  close(): Promise<void>
}

/** Works on what the queue says, and without Redis on what the rows say, until it is closed. */
export function startTransfers(pool: Pool, redisUrl: string | undefined, ending: AbortSignal): TransferWork {
  const run = ({ kind, id }: OpenTransfer): Promise<void> =>
    kind === 'import' ? runImport(pool, id, ending) : runExport(pool, id, ending)
  const queue = redisUrl === undefined ? undefined : openQueue(redisUrl, run)
  return {
    async workOnOpen() {
      let done = 0
      for (const open of await findOpenTransfers(pool)) {
        // The queue gives it to whoever is free; while Redis is dead it is done right here.
        if (ending.aborted || (await queue?.announce(open.kind, open.id))) continue
        await run(open)
        done++
      }
      return done
    },
    close: async () => queue?.close(),
  }
}

function openQueue(
  redisUrl: string,
  run: (open: OpenTransfer) => Promise<void>,
): Pick<TransferQueue, 'announce' | 'close'> {
  const queue = new TransferQueue(redisUrl)
  const connections = openConnections(redisUrl, { maxRetriesPerRequest: null })
  const inHand = new Set<Promise<void>>()
  const worker = new Worker<{ id: string }, void, TransferKind>(
    queueName,
    async job => {
      const running = run({ kind: job.name, id: job.data.id })
      inHand.add(running)
      await running.finally(() => inHand.delete(running))
    },
    {
      connection: connections.redis,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: lockMs,
    },
  )
  // The cache says when Redis comes and goes.
  worker.on('error', () => undefined)
  return {
    announce: (kind, id) => queue.announce(kind, id),
    async close() {
      if (await connections.answers()) await worker.close()
      else {
        // What is in hand is finished all the same: the rows have it. BullMQ would wait for Redis as well.
        await Promise.allSettled(inHand)
        worker.close(true).catch(() => undefined)
      }
      connections.end()
      await queue.close()
    },
  }
}
