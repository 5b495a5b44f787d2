export interface Feed {
  id: string
  name: string
  url: string
  intervalMs: number
  active: boolean
  polls: number
  failedPolls: number
  lastPolledAt: string | null
  lastError: string | null
}

export interface NewFeed {
  name: string
  url: string
  intervalMs?: number
}

export interface FeedItem {
  id: string
  title: string
  url: string
}

/** A row as PostgreSQL's client gives it. */
export interface FeedRow {
  id: string
  name: string
  url: string
  interval_ms: number
  active: boolean
  position: string | null
  polls: string
  failed_polls: string
  last_polled_at: Date | null
  last_error: string | null
}

export function feedOf(row: FeedRow): Feed {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    intervalMs: row.interval_ms,
    active: row.active,
    polls: Number(row.polls),
    failedPolls: Number(row.failed_polls),
    lastPolledAt: row.last_polled_at?.toISOString() ?? null,
    lastError: row.last_error,
  }
}
