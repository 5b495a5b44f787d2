const standardMethods = [
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'QUERY',
  'TRACE',
]

/**
 * The methods that are recorded by name, all others as `_OTHER`: those of RFC 9110, PATCH and QUERY, or
 * the list that the semantic conventions' own variable gives instead.
 */
export function readKnownMethods(env: NodeJS.ProcessEnv): ReadonlySet<string> {
  const text = env.OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS?.trim()
  if (!text) return new Set(standardMethods)
  return new Set(text.split(',').map(method => method.trim()))
}
