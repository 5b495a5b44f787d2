import type { Pool } from 'pg'
import type { ConnectorKind } from './connector.ts'

/** What an outside system is to be told. */
export interface Notification {
  id: string
  connector: ConnectorKind
  /** Where the connector is. */
  url: string
  deploymentId: string
  event: string
  attempts: number
}

/**
 * Part of a statement that changes deployments and calls them `moved`: for each that came to an end it notes what the
 * connectors are to be told, so that the change and the messages appear together or not at all.
 */
export const notifyOfEnds: string = `notified as (
  insert into notification (id, connector, deployment_id, event)
  select gen_random_uuid(), connector.kind, moved.id, moved.status
  from moved cross join connector
  where connector.enabled and connector.kind in ('ticketing', 'chat')
    and moved.status in ('done', 'cancelled', 'rolled_back', 'failed')
)`

interface NotificationRow {
  id: string
  connector: ConnectorKind
  url: string
  deployment_id: string
  event: string
  attempts: number
}

/** Takes what is due for one process; what is not settled within the lease is due again, should the process die. */
export async function takeDue(pool: Pool, limit: number, leaseMs: number): Promise<Notification[]> {
  const { rows } = await pool.query<NotificationRow>(
    `with picked as (
       select notification.id, connector.url from notification join connector on kind = connector
       where status = 'pending' and due_at <= now() and enabled
       order by due_at limit $1 for update of notification skip locked
     )
     update notification set attempts = attempts + 1, due_at = now() + $2 * interval '1 millisecond'
     from picked where notification.id = picked.id
     returning notification.*, picked.url`,
    [limit, leaseMs],
  )
  return rows.map(({ deployment_id, ...row }) => ({ ...row, deploymentId: deployment_id }))
}

/** False if another process has settled it meanwhile: then it is not to be counted again. */
export async function settle(pool: Pool, id: string, status: 'delivered' | 'given_up'): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update notification set status = $2, delivered_at = case when $2 = 'delivered' then now() end
     where id = $1 and status = 'pending'`,
    [id, status],
  )
  return rowCount === 1
}

/** Tries again later; a call that was not even made, because the breaker is open, is no attempt. */
export async function postpone(pool: Pool, id: string, delayMs: number, wasMade: boolean): Promise<void> {
  await pool.query(
    `update notification set due_at = now() + $2 * interval '1 millisecond',
       attempts = attempts - case when $3 then 0 else 1 end
     where id = $1 and status = 'pending'`,
    [id, delayMs, wasMade],
  )
}
