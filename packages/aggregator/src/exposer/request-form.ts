import type { IncomingMessage } from 'node:http'
import type { Reason } from './refusals.ts'

export interface Fault {
  readonly status: number
  readonly reason: Reason
  readonly why: string
  /** Whether the connection can't be used again, because where the next request begins is not certain. */
  readonly ends: boolean
}

/** What is wrong with a request before it is asked who sent it. Node's parser has refused what is not HTTP at all. */
export function faultOf(request: IncomingMessage, maxUrlLength: number): Fault | undefined {
  const { method, headers, rawHeaders, url = '', httpVersionMajor } = request
  if (httpVersionMajor !== 1 || hosts(rawHeaders) > 1)
    return { status: 400, reason: 'malformed', why: 'it is not well-formed HTTP/1.1', ends: true }
  if (hasBody(headers)) return { status: 413, reason: 'body', why: 'it has a body', ends: true }
  if (method !== 'GET' && method !== 'HEAD')
    return { status: 405, reason: 'method', why: 'its method is neither GET nor HEAD', ends: false }
  if (url.length > maxUrlLength)
    return { status: 414, reason: 'long_url', why: `its URL is longer than ${maxUrlLength}`, ends: true }
  return undefined
}

/** Nothing here reads one, and a body that two servers measure differently smuggles a request past one of them. */
function hasBody(headers: IncomingMessage['headers']): boolean {
  if (headers['transfer-encoding'] !== undefined || headers.expect !== undefined) return true
  const length = headers['content-length']
  return length !== undefined && length !== '0'
}

function hosts(rawHeaders: readonly string[]): number {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length
}
