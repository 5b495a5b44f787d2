import type { Counter } from '@opentelemetry/api'
import { type AddHandle, bindCounter } from '../handle.ts'
import type { InstrumentationContext } from '../instrumentation.ts'
import { type Change, readChanges } from './sql-changes.ts'
import { Transaction } from './transaction.ts'

/** What pg gives for one statement. */
export interface StatementResult {
  command?: string | null
  rowCount?: number | null
}

/** Rows that were changed for good in one table. */
export interface ChangedRows {
  database: string
  table: string
  command: string
  rows: number
}

export type CountRows = (
  client: object & { database?: string },
  text: string | undefined,
  result: StatementResult | StatementResult[],
) => void

const countedCommands = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'])
const transactionCommands = new Set(['BEGIN', 'START', 'COMMIT', 'ROLLBACK', 'SAVEPOINT', 'RELEASE'])
const maxTables = 200
/** So many series are found once; the rest, of an app with very many databases, are looked up at each call. */
const boundSeries = 1_000

/**
 * `db.client.model.operations`: rows inserted, updated, deleted, merged and copied in, by table. The number
 * is the server's own, from its answer to the command; only the table is read from the SQL. Rows that a
 * transaction changes are counted when it commits and forgotten when it rolls back.
 */
export function createRowCount(
  { meter }: InstrumentationContext,
  onChanged: (changed: ChangedRows) => void,
): CountRows {
  const counter = meter.createCounter('db.client.model.operations', {
    description: 'Rows that the database client inserted, updated and deleted, by table.',
    unit: '{row}',
  })
  const series = new Map<string, AddHandle>()
  const tables = new Set<string>()
  const transactions = new WeakMap<object, Transaction>()

  function add(changed: ChangedRows): void {
    const table = tables.has(changed.table) || tables.size < maxTables ? changed.table : '_OTHER'
    tables.add(table)
    const key = `${changed.database} ${table} ${changed.command}`
    let rows = series.get(key)
    if (rows === undefined) {
      rows = bindRows(counter, { ...changed, table })
      if (series.size < boundSeries) series.set(key, rows)
    }
    rows.add(changed.rows)
    onChanged(changed)
  }

  function count(client: object & { database?: string }, result: StatementResult, change?: Change): void {
    const command = result.command!
    const known = change?.command === command ? change.target : undefined
    if (transactionCommands.has(command)) {
      const transaction = transactions.get(client)
      if (command === 'BEGIN' || command === 'START')
        transactions.set(client, transaction ?? new Transaction())
      else if (transaction?.end(command, known, add)) transactions.delete(client)
      return
    }
    // COPY ... TO has a number of rows too, but only reads them.
    if (!result.rowCount || (command === 'COPY' && change?.command !== 'COPY')) return
    const changed = {
      database: client.database ?? '',
      table: known ?? '_OTHER',
      command,
      rows: result.rowCount,
    }
    const transaction = transactions.get(client)
    if (transaction === undefined) add(changed)
    else transaction.remember(changed)
  }

  return (client, text, result) => {
    if (!Array.isArray(result)) {
      if (isCounted(result)) count(client, result, text === undefined ? undefined : readChanges(text)[0])
      return
    }
    if (!result.some(isCounted)) return
    const changes = text === undefined ? [] : readChanges(text)
    for (const [index, one] of result.entries()) if (isCounted(one)) count(client, one, changes[index])
  }
}

function isCounted(result: StatementResult | undefined): boolean {
  const command = result?.command
  if (typeof command !== 'string' || command === 'SELECT') return false
  return countedCommands.has(command) || transactionCommands.has(command)
}

function bindRows(counter: Counter, { database, table, command }: ChangedRows): AddHandle {
  return bindCounter(counter, {
    'db.system.name': 'postgresql',
    ...(database && { 'db.namespace': database }),
    'db.collection.name': table,
    'db.operation.name': command,
  })
}
