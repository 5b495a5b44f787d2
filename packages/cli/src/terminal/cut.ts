const ESCAPE = '\u001b'

/** As many characters as fit, styles not counted; a style that is cut open is ended. */
export function cut(text: string, columns: number): string {
  let visible = 0
  let isStyled = false
  for (let at = 0; at < text.length; ) {
    if (text[at] === ESCAPE) {
      isStyled = true
      at = text.indexOf('m', at) + 1 || text.length
    } else if (visible === columns) return text.slice(0, at) + (isStyled ? `${ESCAPE}[0m` : '')
    else {
      visible++
      at += text.codePointAt(at)! > 0xffff ? 2 : 1
    }
  }
  return text
}
