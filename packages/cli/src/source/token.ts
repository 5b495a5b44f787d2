import type { Option } from '../arguments/command.ts'
import type { Given } from '../arguments/given.ts'
import { readText } from './read-text.ts'

/** How a protected page is asked for. */
export const TOKEN: Option = {
  name: 'bearer-token-file',
  value: '<file>',
  variable: 'TUTTI_BEARER_TOKEN_FILE',
  help: 'The file whose first line is the token that a URL asks for.',
}

/** Throws `Failure` for a file that can't be read. */
export function tokenOf(given: Given): string | undefined {
  const file = given.text(TOKEN.name)
  return file === undefined ? undefined : readText(file).split('\n')[0].trim()
}
