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
