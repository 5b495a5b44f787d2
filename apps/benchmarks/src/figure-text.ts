import type { Spread } from './statistics.ts'

export function spreadText(figure: Spread | undefined, digits: number): string {
  if (!figure) return 'not offered'
  const { median, min, max } = figure
  return `${number(median, digits)} (${number(min, digits)}-${number(max, digits)})`
}

export function number(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** An aim and whether it was reached. */
export function judged(isMet: boolean, aim: string): string {
  return `(aim ${aim}: ${isMet ? 'met' : 'missed'})`
}

/** How many times as long theirs takes, and whether that is what was aimed at, where there is an aim. */
export function ratioText(
  theirs: Spread | undefined,
  ours: Spread | undefined,
  aim: number | undefined,
): string {
  if (!theirs || !ours) return 'not offered'
  const ratio = theirs.median / ours.median
  return `${number(ratio, 1)}x${aim === undefined ? '' : ` ${judged(ratio >= aim, `${aim}x`)}`}`
}
