import type { Pool } from 'pg'
import type { TransferKind } from './queue.ts'

export interface OpenTransfer {
  kind: TransferKind
  id: string
}

/** What nobody alive works on: it was never announced, or whoever worked on it is dead. */
export async function findOpenTransfers(pool: Pool): Promise<OpenTransfer[]> {
  const { rows } = await pool.query<OpenTransfer>(
    `select 'import' as kind, id from import_job where status <> 'done' and coalesce(lease_until, created_at) < now()
     union all
     select 'export', id from export_job where status <> 'done' and coalesce(lease_until, created_at) < now()
     limit 100`,
  )
  return rows
}
