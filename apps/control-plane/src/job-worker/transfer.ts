import { Worker } from 'bullmq'
import type { Pool } from 'pg'
import { findOpenTransfers, type OpenTransfer } from '../transfers/open-transfers.ts'
import { queueName, type TransferKind, TransferQueue } from '../transfers/queue.ts'
import { openConnections } from '../transfers/redis.ts'
import { runExport } from '../transfers/run-export.ts'
import { runImport } from '../transfers/run-import.ts'
import { Announcements } from './announcements.ts'

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
      const all = await findOpenTransfers(pool)
      queue?.forgetOthers(all)
      for (const open of all) {
        // The queue gives it to whoever is free; while Redis is dead it is done right here.
        if (ending.aborted || (await queue?.announce(open))) continue
        await run(open)
        done++
      }
      return done
    },
    close: async () => queue?.close(),
  }
}

interface WorkerQueue {
  /** False if the queue cannot be told. */
  announce(open: OpenTransfer): Promise<boolean>
  /** What is not open any more may be announced anew should it be again. */
  forgetOthers(open: readonly OpenTransfer[]): void
  close(): Promise<void>
}

function openQueue(redisUrl: string, run: (open: OpenTransfer) => Promise<void>): WorkerQueue {
  const queue = new TransferQueue(redisUrl)
  const announcements = new Announcements()
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
    async announce(open) {
      if (!queue.isLost && announcements.has(open)) return true
      const isTold = await queue.announce(open.kind, open.id)
      if (isTold) announcements.add(open)
      return isTold
    },
    forgetOthers: open => announcements.keepOnly(open),
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
