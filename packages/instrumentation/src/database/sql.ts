/** White space and comments, which tools and ORMs put before the first word. */
const leading = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*/

/** The command that SQL text begins with (`SELECT`), never anything of what follows it. */
export function operationName(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined
  const start = leading.exec(text)![0].length
  return /^[a-z]{1,20}/i.exec(text.slice(start, start + 20))?.[0].toUpperCase()
}
