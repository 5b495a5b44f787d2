/** The outside systems that there can be one of each. */
export const connectorKinds = ['ticketing', 'ci', 'chat', 'registry'] as const

export type ConnectorKind = (typeof connectorKinds)[number]

export interface Connector {
  kind: ConnectorKind
  url: string
  enabled: boolean
  /** Null until it was checked. */
  healthy: boolean | null
  checkedAt: string | null
}

/** A row as PostgreSQL's client gives it. */
export interface ConnectorRow {
  kind: ConnectorKind
  url: string
  enabled: boolean
  healthy: boolean | null
  checked_at: Date | null
}

export function connectorOf(row: ConnectorRow): Connector {
  return {
    kind: row.kind,
    url: row.url,
    enabled: row.enabled,
    healthy: row.healthy,
    checkedAt: row.checked_at?.toISOString() ?? null,
  }
}
