/**
 * `error.type` of a client's error: Node's or undici's code (`ECONNREFUSED`, `ENOTFOUND`, `UND_ERR_HEADERS_TIMEOUT`),
 * but `AbortError` and `TimeoutError` for what an AbortSignal did, whose codes differ between clients.
 */
export function errorTypeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '_OTHER'
  const { name, code, cause } = error as { name?: unknown; code?: unknown; cause?: unknown }
  if (name === 'AbortError') return isTimeout(cause) ? 'TimeoutError' : 'AbortError'
  if (typeof code === 'string' && code !== '') return code
  return typeof name === 'string' && name !== '' && name !== 'Error' ? name : '_OTHER'
}

function isTimeout(cause: unknown): boolean {
  return (cause as { name?: unknown } | undefined)?.name === 'TimeoutError'
}
