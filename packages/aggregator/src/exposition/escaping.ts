import type { Escaping } from './negotiate.ts'

/** What Prometheus reads as a metric name without quotes. */
const PLAIN_METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
/** What it reads as a label name without quotes. */
const PLAIN_LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/

export function isPlainMetricName(name: string): boolean {
  return PLAIN_METRIC_NAME.test(name)
}

/**
 * A name as a client that asked for `escaping` reads it. `underscores`, `dots` and `values` are those of
 * Prometheus' client libraries; with `allow-utf-8` the name stays, and is written in quotes if it must be.
 */
export function escapeName(name: string, escaping: Escaping, isLabel: boolean): string {
  if (escaping === 'allow-utf-8' || name === '') return name
  const isPlain = (isLabel ? PLAIN_LABEL_NAME : PLAIN_METRIC_NAME).test(name)
  if (isPlain && escaping !== 'dots') return name
  return escaping === 'values'
    ? `U__${eachCharacter(name, isLabel, codePoint)}`
    : eachCharacter(name, isLabel, REWRITE[escaping])
}

/** Writes a name into a page of a text format: as it is where that can be read, else in quotes. */
export function quoteName(name: string, isLabel: boolean): string {
  if ((isLabel ? PLAIN_LABEL_NAME : PLAIN_METRIC_NAME).test(name)) return name
  return `"${name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')}"`
}

const REWRITE: Record<'underscores' | 'dots', (character: string, isPlain: boolean) => string> = {
  underscores: (character, isPlain) => (isPlain ? character : '_'),
  dots: (character, isPlain) => {
    if (character === '_') return '__'
    if (character === '.') return '_dot_'
    return isPlain ? character : '__'
  },
}

function codePoint(character: string, isPlain: boolean): string {
  if (character === '_') return '__'
  return isPlain ? character : `_${character.codePointAt(0)!.toString(16)}_`
}

function eachCharacter(
  name: string,
  isLabel: boolean,
  rewrite: (character: string, isPlain: boolean) => string,
): string {
  const plain = isLabel ? /[a-zA-Z0-9_]/ : /[a-zA-Z0-9_:]/
  let first = true
  let escaped = ''
  for (const character of name) {
    const isPlain = plain.test(character) && !(first && /\d/.test(character))
    escaped += rewrite(character, isPlain)
    first = false
  }
  return escaped
}
