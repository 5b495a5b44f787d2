import type { Attributes } from '@opentelemetry/api'

/** PostgreSQL's SQLSTATE, which is also the response's status, Node's code (ECONNREFUSED), or the error's class. */
export function describePgError(error: unknown): Attributes {
  const { code, name, severity } = error as { code?: unknown; name?: unknown; severity?: unknown }
  if (typeof code !== 'string') return { 'error.type': typeof name === 'string' ? name : '_OTHER' }
  // Only what the server answered has a severity; a code of Node's may look like an SQLSTATE (EPIPE).
  return severity === undefined
    ? { 'error.type': code }
    : { 'error.type': code, 'db.response.status_code': code }
}
