export const statuses = ['queued', 'rolling', 'done', 'cancelled', 'rolled_back', 'failed'] as const

export type Status = (typeof statuses)[number]

export interface Deployment {
  id: string
  service: string
  version: string
  rings: string[]
  /** The ring it has reached; null while it is queued, and again when it was rolled back. */
  ring: string | null
  status: Status
  createdAt: string
  updatedAt: string
  startedAt: string | null
  finishedAt: string | null
}

export interface NewDeployment {
  service: string
  version: string
  rings?: string[]
}

export const defaultRings: readonly string[] = ['canary', 'early', 'broad']

/** A row as PostgreSQL's client gives it. */
export interface DeploymentRow {
  id: string
  number: string
  service: string
  version: string
  rings: string[]
  ring_number: number
  status: Status
  created_at: Date
  updated_at: Date
  started_at: Date | null
  finished_at: Date | null
}

export function deploymentOf(row: DeploymentRow): Deployment {
  return {
    id: row.id,
    service: row.service,
    version: row.version,
    rings: row.rings,
    ring: row.rings[row.ring_number - 1] ?? null,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

/** Undefined when it has reached its last one. */
export function nextRing({ rings, ring }: Deployment): string | undefined {
  return rings[ring === null ? 0 : rings.indexOf(ring) + 1]
}
