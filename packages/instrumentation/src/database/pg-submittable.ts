import type { StatementResult } from './pg-rows.ts'

/** What pg's client calls on a query object of the app's own: pg-cursor, pg-query-stream, pg-copy-streams, pg's Query. */
export interface Submittable {
  handleCommandComplete(message: { text?: string }, connection: unknown): void
  handleError(error: unknown, connection: unknown): void
  handleReadyForQuery(connection: unknown): void
}

/**
 * Such a query is over when the server is ready for the next one: a cursor has been read to its end or
 * closed. So its duration includes the time its reader takes, during which it occupies the connection.
 */
export function watchSubmittable(
  query: Submittable,
  onSettled: (error: unknown, results: StatementResult[]) => void,
): void {
  const { handleCommandComplete, handleError, handleReadyForQuery } = query
  // pg's native client has queries of another kind.
  for (const handler of [handleCommandComplete, handleError, handleReadyForQuery]) {
    if (typeof handler !== 'function') return
  }
  const results: StatementResult[] = []
  let settled = false
  function settle(error?: unknown): void {
    if (settled) return
    settled = true
    onSettled(error, results)
  }
  query.handleCommandComplete = function (message, connection) {
    results.push(readTag(String(message?.text ?? '')))
    return handleCommandComplete.call(this, message, connection)
  }
  query.handleError = function (error, connection) {
    settle(error)
    return handleError.call(this, error, connection)
  }
  query.handleReadyForQuery = function (connection) {
    settle()
    return handleReadyForQuery.call(this, connection)
  }
}

/** `INSERT 0 3`, `DELETE 2`, `COMMIT`: the answer's command, and its number of rows at the end. */
function readTag(tag: string): StatementResult {
  const [command, ...numbers] = tag.split(' ')
  return { command: command!, rowCount: Number(numbers.at(-1)) || 0 }
}
