/** Results go to stdout. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** What is said about the work goes to stderr. */
export function say(text: string): void {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** JSON for machines; every key is there each time, whatever the values. */
export function printJson(value: unknown, indent: number = 2): void {
  print(JSON.stringify(value, plainNumber, indent))
}

/** JSON knows no infinity and no NaN; Prometheus' words for them are kept. */
function plainNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}
