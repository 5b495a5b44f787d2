export interface Deployment {
  id: string
  service: string
  version: string
  rings: string[]
  /** The ring it has reached; null while it is queued. */
  ring: string | null
  status: 'queued' | 'rolling' | 'done'
  createdAt: string
  updatedAt: string
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
  status: Deployment['status']
  created_at: Date
  updated_at: Date
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
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}
