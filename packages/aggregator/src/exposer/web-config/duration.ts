const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
}
const PART = /(\d+(?:\.\d*)?|\.\d+)(ms|us|µs|ns|h|m|s)/g

/** Go's notation, as in `1m30s` or `500ms`; undefined for anything else. */
export function readDuration(text: string): number | undefined {
  if (text === '0') return 0
  const parts = [...text.matchAll(PART)]
  if (text === '' || parts.map(([part]) => part).join('') !== text) return undefined
  return parts.reduce((ms, [, count, unit]) => ms + Number(count) * UNIT_MS[unit], 0)
}
