/** Reads a page in text 0.0.4 into one number a sample. The name keeps its labels: `orders_total{country="ch"}`. */
export function parsePage(text: string): Map<string, number> {
  const samples = new Map<string, number>()
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const space = line.lastIndexOf(' ')
    const name = line.slice(0, space)
    if (samples.has(name)) throw new Error(`twice on one page: ${name}`)
    samples.set(name, Number(line.slice(space + 1).replace('+Inf', 'Infinity')))
  }
  return samples
}

/** The samples without the labels that every one has. */
export function parsePlainly(text: string): Record<string, number> {
  const plain = text
    .replaceAll(/,?otel_scope_name="[^"]*"/g, '')
    .replaceAll('{,', '{')
    .replaceAll('{}', '')
  return Object.fromEntries(parsePage(plain))
}

/** A page without what grows from one to the next. */
export function steady(text: string): string {
  return text.replaceAll(/^tutti_writer_heartbeat_age_seconds.*\n/gm, '')
}
