import { ConfigurationError } from '../web-config/configuration-error.ts'
import type { WatchedFiles } from '../web-config/watched-files.ts'
import { isSameSecret } from './same-secret.ts'

const WHAT = 'the bearer token'
const MIN_LENGTH = 16

/** One token a line: the old and the new one are both good while a secret is being replaced. */
export function readTokens(file: string, files: WatchedFiles): readonly string[] {
  const lines = files.read(file, WHAT).split('\n')
  const tokens = lines.map(line => line.trim()).filter(line => line !== '')
  if (tokens.length === 0) throw new ConfigurationError(file, WHAT, 'is empty', MEND)
  // RFC 6750, section 2.1.
  if (!tokens.every(token => /^[\w.~+/-]+=*$/.test(token)))
    throw new ConfigurationError(file, WHAT, 'has a character that a header can not carry', MEND)
  if (!tokens.every(token => token.length >= MIN_LENGTH))
    throw new ConfigurationError(file, WHAT, `is shorter than ${MIN_LENGTH} characters`, MEND)
  return tokens
}

const MEND = 'Make one with: openssl rand -hex 32'

/** Looks at all of them, so that the time does not tell which one is nearly right. */
export function isKnownToken(tokens: readonly string[], offered: string): boolean {
  return tokens.map(token => isSameSecret(token, offered)).includes(true)
}
