import { VARIABLES } from './variable-table.ts'

/**
 * What was set otherwise than it is anyway, for the line at start. Values are shown of those variables alone that
 * can not hold a secret, and not of those that nobody knows.
 */
export function readSetVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const set: Record<string, string> = {}
  for (const { name, default: usual, isPublic } of VARIABLES) {
    const value = env[name]?.trim()
    if (value && value !== usual) set[name] = isPublic ? cut(value) : '(set)'
  }
  return set
}

/** Control characters could forge a line, and a long list of names is of no use in one. */
function cut(value: string): string {
  const plain = value.replaceAll(/[^\x20-\x7e]/g, '?')
  return plain.length > 80 ? `${plain.slice(0, 80)}...` : plain
}
