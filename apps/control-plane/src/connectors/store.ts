import type { Pool } from 'pg'
import {
  type Connector,
  type ConnectorKind,
  type ConnectorRow,
  connectorKinds,
  connectorOf,
} from './connector.ts'

export async function listConnectors(pool: Pool): Promise<Connector[]> {
  const { rows } = await pool.query<ConnectorRow>('select * from connector order by kind')
  return rows.map(connectorOf)
}

export async function findConnector(pool: Pool, kind: ConnectorKind): Promise<Connector | undefined> {
  const { rows } = await pool.query<ConnectorRow>('select * from connector where kind = $1', [kind])
  return rows[0] && connectorOf(rows[0])
}

/** Connects the control plane to a system, elsewhere than before if need be. */
export async function putConnector(
  pool: Pool,
  kind: ConnectorKind,
  { url, enabled }: { url: string; enabled: boolean },
): Promise<Connector> {
  const { rows } = await pool.query<ConnectorRow>(
    `insert into connector (kind, url, enabled) values ($1, $2, $3)
     on conflict (kind) do update set
       url = excluded.url, enabled = excluded.enabled, healthy = null, checked_at = null, updated_at = now()
     returning *`,
    [kind, url, enabled],
  )
  return connectorOf(rows[0]!)
}

/** Connects all systems that are not connected yet to one outside world. */
export async function seedConnectors(pool: Pool, outsideUrl: string): Promise<void> {
  await pool.query(
    `insert into connector (kind, url) select kind, $2 || '/' || kind from unnest($1::text[]) as kind
     on conflict do nothing`,
    [connectorKinds, outsideUrl.replace(/\/$/, '')],
  )
}

export async function noteHealth(pool: Pool, kind: ConnectorKind, healthy: boolean): Promise<void> {
  await pool.query('update connector set healthy = $2, checked_at = now() where kind = $1', [kind, healthy])
}
