/** The colours and the font that the style sheet says, for what is drawn on a canvas. */
export interface Theme {
  readonly text: string
  readonly line: string
  readonly font: string
  /** Of lines; the last one is for what has no colour of its own. */
  readonly series: readonly string[]
  /** From little to much. */
  readonly heat: readonly string[]
}

export const SERIES_COLORS = 8
const HEAT_COLORS = 7

export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element)
  const variable = (name: string) => style.getPropertyValue(name).trim()
  const numbered = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => variable(`${name}-${index + 1}`))
  return {
    text: variable('--muted'),
    line: variable('--hairline'),
    font: `11px ${style.fontFamily}`,
    series: [...numbered('--series', SERIES_COLORS), variable('--series-other')],
    heat: numbered('--heat', HEAT_COLORS),
  }
}

/** Calls back when dark becomes light or light dark. Returns what ends that. */
export function onThemeChange(changed: () => void): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)')
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
