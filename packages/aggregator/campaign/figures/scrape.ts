/** One page as numbers by sample, and how long it took to get. Throws when it is no page. */
export async function scrape(url: string): Promise<{ ms: number; bytes: number; text: string }> {
  const begin = performance.now()
  const response = await fetch(url)
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${response.status}: ${text}`)
  return { ms: performance.now() - begin, bytes: text.length, text }
}

/** The value of a sample, NaN when it is not there. @param name with its labels, up to the scope's. */
export function valueOn(text: string, name: string): number {
  const at = text.indexOf(`\n${name}`)
  return at < 0 ? Number.NaN : Number(text.slice(text.indexOf('} ', at) + 2, text.indexOf('\n', at + 1)))
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]
}
