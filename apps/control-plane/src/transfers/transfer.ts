export type Format = 'csv' | 'json'

export const formats: readonly Format[] = ['csv', 'json']

export interface ImportJob {
  id: string
  format: Format
  status: 'queued' | 'running' | 'done'
  items: number
  processed: number
  failed: number
  createdAt: string
  finishedAt: string | null
}

export interface ExportJob {
  id: string
  format: Format
  status: 'queued' | 'running' | 'done'
  /** Null until it is done. */
  items: number | null
  createdAt: string
  finishedAt: string | null
}

interface JobRow {
  id: string
  format: Format
  status: 'queued' | 'running' | 'done'
  created_at: Date
  finished_at: Date | null
}

export interface ImportRow extends JobRow {
  items: number
  position: number
  processed: number
  failed: number
}

export interface ExportRow extends JobRow {
  items: number | null
  position: string
  deployment_status: string | null
}

export function importOf(row: ImportRow): ImportJob {
  return { ...jobOf(row), items: row.items, processed: row.processed, failed: row.failed }
}

export function exportOf(row: ExportRow): ExportJob {
  return { ...jobOf(row), items: row.status === 'done' ? row.items : null }
}

function jobOf({ id, format, status, created_at, finished_at }: JobRow) {
  return {
    id,
    format,
    status,
    createdAt: created_at.toISOString(),
    finishedAt: finished_at?.toISOString() ?? null,
  }
}
