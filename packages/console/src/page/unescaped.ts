/** Of quoted text and help: `\n` is a new line, any other character behind a backslash is itself. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replaceAll(/\\(.)/g, (_whole, character: string) => (character === 'n' ? '\n' : character))
}
