import type { Gauge } from '@opentelemetry/api'
import { listen } from '../channel.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import type { ChangedRows } from './pg-rows.ts'

/** What a tool publishes on the channel `tutti:migrations` when it knows what it has to do. */
export interface MigrationState {
  /** The table that holds what was applied, without its schema; it is the label. */
  table: string
  applied: number
  pending: number
}

const maxTables = 20

/**
 * `db.client.migrations.applied` and `.pending`, by the table that holds what was applied. node-pg-migrate is
 * made to say what it found; any other tool, or an app, can publish the same on the channel
 * `tutti:migrations`. From there on rows that are inserted into the table and committed count as applied.
 */
export function watchMigrations(context: InstrumentationContext): {
  onChanged(changed: ChangedRows): void
  stop(): void
} {
  const { meter, warn } = context
  // Of all processes that migrate one database, the last one knows best: a synchronous gauge.
  const applied = meter.createGauge('db.client.migrations.applied', {
    description: 'Migrations that the database has.',
    unit: '{migration}',
  })
  const pending = meter.createGauge('db.client.migrations.pending', {
    description: 'Migrations that the app has and its database has not.',
    unit: '{migration}',
  })
  const states = new Map<string, MigrationState>()
  const stop = listen<MigrationState>('tutti:migrations', 'pg', warn, message => {
    const { table, applied: had, pending: lacks } = message
    if (!states.has(table) && states.size >= maxTables) return
    const state = { table: String(table), applied: Number(had) || 0, pending: Number(lacks) || 0 }
    states.set(state.table, state)
    record(applied, pending, state)
  })
  return {
    onChanged({ table, command, rows }): void {
      if (states.size === 0) return
      const state = states.get(table.slice(table.lastIndexOf('.') + 1))
      if (state === undefined) return
      const difference = command === 'INSERT' ? rows : command === 'DELETE' ? -rows : 0
      state.applied = Math.max(0, state.applied + difference)
      state.pending = Math.max(0, state.pending - difference)
      record(applied, pending, state)
    },
    stop,
  }
}

function record(applied: Gauge, pending: Gauge, state: MigrationState): void {
  const attributes = { 'db.system.name': 'postgresql', 'db.collection.name': state.table }
  applied.record(state.applied, attributes)
  pending.record(state.pending, attributes)
}
