import { printable } from '../terminal/printable.ts'

/** Labels as on a page; those that say where a metric comes from are left out unless asked for. */
export function labelText(labels: ReadonlyMap<string, string>, withScope: boolean = false): string {
  return [...labels]
    .filter(([key]) => withScope || !isScope(key))
    .map(([key, value]) => `${printable(key)}=${printable(JSON.stringify(value))}`)
    .join(' ')
}

export function isScope(label: string): boolean {
  return label.startsWith('otel_scope_')
}
