import type { Attributes } from '@opentelemetry/api'
import type { Scope } from '../segment/stream.ts'
import { labelName } from './names.ts'

/** The labels of a series as they stand between braces, without them: `method="GET",otel_scope_name="shop"`. */
export function renderLabels(
  attributes: Attributes,
  scope: Scope,
  more: Record<string, string> = {},
): string {
  const own: Record<string, string> = { 'otel.scope.name': scope.name }
  if (scope.schemaUrl !== '') own['otel.scope.schema_url'] = scope.schemaUrl
  if (scope.version !== '') own['otel.scope.version'] = scope.version
  return renderLabelPairs(attributes, { ...own, ...more })
}

/** Attributes as labels; those of `own` stand for themselves, whatever an attribute of the same name says. */
export function renderLabelPairs(attributes: Attributes, own: Record<string, string> = {}): string {
  const labels = new Map<string, string>()
  for (const [key, value] of Object.entries(attributes)) {
    const name = labelName(key)
    const text = valueText(value)
    // Two attributes that become one label are joined (Prometheus compatibility, metric attributes).
    labels.set(name, labels.has(name) ? `${labels.get(name)};${text}` : text)
  }
  for (const [name, value] of Object.entries(own)) labels.set(labelName(name), value)
  return [...labels].map(([name, value]) => `${name}="${escapeLabelValue(value)}"`).join(',')
}

/** As OpenTelemetry's attribute values are written where only text is possible: JSON, but for strings. */
function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function escapeLabelValue(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
}

/** In text 0.0.4 a help text escapes backslash and line feed, and nothing else. */
export function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
