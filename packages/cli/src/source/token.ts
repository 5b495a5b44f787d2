import type { Option } from '../arguments/command.ts'

/** How a protected page is asked for. */
export const TOKEN: Option = {
  name: 'bearer-token-file',
  value: '<file>',
  variable: 'TUTTI_BEARER_TOKEN_FILE',
  help: 'The file whose first line is the token that a URL asks for.',
}
