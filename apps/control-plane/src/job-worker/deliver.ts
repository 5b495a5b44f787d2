import type { Pool } from 'pg'
import { type Call, isOpen } from '../connectors/call.ts'
import { type Notification, postpone, settle, takeDue } from '../connectors/outbox.ts'
import { catalog } from '../metrics/catalog.ts'
import { settleAll } from '../process/settle-all.ts'

const batchSize = 20
const leaseMs = 30_000
const attemptsLimit = 20
const retryMs = 500
const longestRetryMs = 60_000

/** Tells outside systems what is due; resolves with how many it tried to tell. */
export async function deliverDue(pool: Pool, call: Call): Promise<number> {
  const due = await takeDue(pool, batchSize, leaseMs)
  await settleAll(due.map(notification => deliver(pool, call, notification)))
  return due.length
}

async function deliver(pool: Pool, call: Call, notification: Notification): Promise<void> {
  const { id, connector, url, deploymentId, event, attempts } = notification
  try {
    // Its id is part of the address: told twice is known once.
    await call(connector, `${url}/messages/${id}`, { method: 'PUT', body: { deploymentId, event } })
  } catch (error) {
    const isMade = !isOpen(error)
    if (attempts < attemptsLimit || !isMade) {
      await postpone(pool, id, Math.min(retryMs * 2 ** (attempts - 1), longestRetryMs), isMade)
    } else if (await settle(pool, id, 'given_up')) {
      catalog.notifications.add(1, { connector, outcome: 'given_up' })
    }
    return
  }
  if (await settle(pool, id, 'delivered')) catalog.notifications.add(1, { connector, outcome: 'delivered' })
}
