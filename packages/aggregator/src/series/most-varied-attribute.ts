import { parseAttributes } from '../segment/stream.ts'

/** More series than these are not looked at: what varies most does so among the first already. */
const MAX_LOOKED_AT = 1_000

/** The attribute that has the most values in these series: the one that makes them so many. */
export function mostVariedAttribute(texts: Iterable<string>): { key: string; values: number } | undefined {
  const valuesByKey = new Map<string, Set<string>>()
  let lookedAt = 0
  for (const text of texts) {
    if (++lookedAt > MAX_LOOKED_AT) break
    for (const [key, value] of Object.entries(parseAttributes(text) ?? {})) {
      const values = valuesByKey.get(key) ?? new Set()
      valuesByKey.set(key, values.add(JSON.stringify(value)))
    }
  }
  let most: { key: string; values: number } | undefined
  for (const [key, { size }] of valuesByKey)
    if (most === undefined || size > most.values) most = { key, values: size }
  return most
}

/** For a warning: which attribute to look at. */
export function describeMostVaried(texts: Iterable<string>): string {
  const most = mostVariedAttribute(texts)
  return most === undefined
    ? ''
    : ` The attribute with the most values is "${most.key}" (${most.values} of them).`
}
