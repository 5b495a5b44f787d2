/** Text from anywhere may hold what a terminal would obey: shown as escapes instead. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, character => {
    const code = character.codePointAt(0)!
    return `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** The same for a text of many lines, such as a diff. */
export function printableLines(text: string): string {
  return text.replaceAll(/[^\n\t]+/g, printable)
}
