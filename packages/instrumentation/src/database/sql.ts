/** White space and comments, which tools and ORMs put before the first word. */
const leading = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*/

/** PostgreSQL's commands. A word that is none of them may be anything, even a value, and is no label. */
const commands = new Map(
  (
    'ABORT ALTER ANALYZE BEGIN CALL CHECKPOINT CLOSE CLUSTER COMMENT COMMIT COPY CREATE DEALLOCATE DECLARE DELETE ' +
    'DISCARD DO DROP END EXECUTE EXPLAIN FETCH GRANT IMPORT INSERT LISTEN LOAD LOCK MERGE MOVE NOTIFY PREPARE ' +
    'REASSIGN REFRESH REINDEX RELEASE RESET REVOKE ROLLBACK SAVEPOINT SECURITY SELECT SET SHOW START TABLE ' +
    'TRUNCATE UNLISTEN UPDATE VACUUM VALUES WITH'
  )
    .split(' ')
    .flatMap(name => [
      [name, name],
      [name.toLowerCase(), name],
    ]),
)

/** The command that SQL text begins with (`SELECT`), never anything of what follows it. */
export function operationName(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined
  const word = /^[a-z]+/i.exec(text) ?? /^[a-z]+/i.exec(text.slice(leading.exec(text)![0].length))
  if (word === null || word[0].length > 20) return undefined
  return commands.get(word[0]) ?? commands.get(word[0].toUpperCase())
}
