import type { IncomingMessage } from 'node:http'
import type { Settings } from '../protection.ts'
import { isKnownToken } from './bearer-tokens.ts'
import type { PasswordCheck } from './password-check.ts'

export type Access = 'granted' | 'no_credentials' | 'wrong_credentials' | 'busy'

/** Whether a request may see anything: a bearer token or a user's password, where any is asked for. */
export async function admit(
  request: IncomingMessage,
  { tokens, users }: Settings,
  passwords: PasswordCheck,
): Promise<Access> {
  if (tokens.length === 0 && users.size === 0) return 'granted'
  const [scheme, credentials = ''] = (request.headers.authorization ?? '').trim().split(/ +/, 2)
  if (scheme === '') return 'no_credentials'

  if (scheme.toLowerCase() === 'bearer' && tokens.length > 0)
    return isKnownToken(tokens, credentials) ? 'granted' : 'wrong_credentials'
  if (scheme.toLowerCase() !== 'basic' || users.size === 0) return 'wrong_credentials'
  const [user, password] = readBasic(credentials)
  if (password === undefined) return 'wrong_credentials'
  const address = request.socket.remoteAddress ?? ''
  const isRight = await passwords.check(users, { user, password }, address)
  if (isRight === 'busy') return 'busy'
  return isRight ? 'granted' : 'wrong_credentials'
}

/** RFC 7617: a password may hold colons, a user none. */
function readBasic(credentials: string): [user: string, password: string | undefined] {
  const text = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1)]
}

/** What to ask a client for that has shown nothing. */
export function challenges({ tokens, users }: Settings): string[] {
  return [...(tokens.length > 0 ? ['Bearer'] : []), ...(users.size > 0 ? ['Basic realm="metrics"'] : [])]
}
