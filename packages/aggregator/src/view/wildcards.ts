/** Whether a name may be that of several things: `*` is any text, `?` any character. */
export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern)
}

/**
 * Tells whether a text is what a pattern means, from its beginning to its end.
 * @param flags `i`: whatever its case.
 */
export function wildcards(pattern: string, flags: '' | 'i' = ''): (text: string) => boolean {
  if (pattern === '*') return () => true
  if (!hasWildcard(pattern) && flags === '') return text => text === pattern
  const source = pattern
    .replaceAll(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.')
  const regexp = new RegExp(`^${source}$`, `s${flags}`)
  return text => regexp.test(text)
}
