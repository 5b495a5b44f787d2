import type { Attributes } from '@opentelemetry/api'

/** How ioredis and node-redis call an error that Redis answered. */
const replyErrors = new Set(['ReplyError', 'ErrorReply', 'SimpleError', 'BlobError'])

/**
 * Redis begins an error with its kind (WRONGTYPE, READONLY), which is also the response's status; any other
 * error has a code (ECONNREFUSED) or a class (ClientClosedError).
 */
export function describeRedisError(error: unknown): Attributes & { 'error.type': string } {
  const { name, message, code } = (error ?? {}) as Partial<Error> & { code?: unknown }
  const className = (error as object | undefined)?.constructor?.name
  if (replyErrors.has(name ?? '') || replyErrors.has(className ?? '')) {
    const kind = /^[A-Z]{2,40}\b/.exec(message ?? '')?.[0]
    if (kind !== undefined) return { 'error.type': kind, 'db.response.status_code': kind }
  }
  if (typeof code === 'string') return { 'error.type': code }
  return { 'error.type': name === 'Error' ? (className ?? name) : (name ?? '_OTHER') }
}
