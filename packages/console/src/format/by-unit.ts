import { byteCount, duration, quantity } from './quantity.ts'

export type Unit = 'seconds' | 'bytes' | 'ratio' | 'rate' | 'byteRate' | 'count'

/** A value in its unit, as people read it; a dash where there is none. */
export function inUnit(value: number, unit: Unit): string {
  if (Number.isNaN(value)) return '–'
  switch (unit) {
    case 'seconds':
      return value === 0 ? '0 s' : duration(value).replace(' us', ' µs')
    case 'bytes':
      return byteCount(value)
    case 'ratio':
      return percent(value)
    case 'rate':
      return `${rate(value)}/s`
    case 'byteRate':
      return `${byteCount(value)}/s`
    case 'count':
      return quantity(value)
  }
}

/** Three digits are enough to compare. */
export function rate(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (value === 0) return '0'
  if (value >= 1_000) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(value >= 1 ? 3 : 2)))
}

export function percent(share: number): string {
  if (Number.isNaN(share)) return '–'
  const value = share * 100
  if (value === 0) return '0 %'
  return `${value >= 99.95 || value >= 10 ? Math.round(value) : Number(value.toPrecision(2))} %`
}

/** How long something has run: the two largest units. */
export function age(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  const whole = Math.floor(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  if (whole < 86_400) return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3_600)} h`
}

const SUFFIXES: readonly (readonly [suffix: string, unit: Unit])[] = [
  ['_seconds', 'seconds'],
  ['_bytes', 'bytes'],
  ['_ratio', 'ratio'],
]

/** The unit that a family's name says. What is counted up is shown a second. */
export function unitOf(name: string, shownAs: 'value' | 'rate'): Unit {
  const base = name.replace(/_total$/, '')
  const found = SUFFIXES.find(([suffix]) => base.endsWith(suffix))?.[1] ?? 'count'
  if (shownAs === 'value') return found
  return found === 'bytes' ? 'byteRate' : 'rate'
}
