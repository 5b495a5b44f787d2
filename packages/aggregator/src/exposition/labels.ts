import type { Attributes } from '@opentelemetry/api'
import type { StreamDefinition } from '../segment/stream.ts'
import { escapeName, quoteName } from './escaping.ts'
import { labelName } from './names.ts'
import { type Escaping, PLAIN_TEXT } from './negotiate.ts'
import { DEFAULT_STRATEGY, type TranslationStrategy } from './strategy.ts'

/** What decides how a page names things. */
export interface Naming {
  readonly strategy: TranslationStrategy
  readonly escaping: Escaping
  /** Resource attributes that stand on every sample (OpenTelemetry: resource attributes as metric labels). */
  readonly constant: Attributes
}

export const DEFAULT_NAMING: Naming = {
  strategy: DEFAULT_STRATEGY,
  escaping: PLAIN_TEXT.escaping,
  constant: {},
}

/** The labels of a series: its attributes, then its scope. Names are final, values are as they are. */
export function labelsOf(
  attributes: Attributes,
  { scope, aggregation }: Pick<StreamDefinition, 'scope' | 'aggregation'>,
  naming: Naming,
  more: Record<string, string> = {},
): Map<string, string> {
  const own: Record<string, string> = { 'otel.scope.name': scope.name }
  if (scope.schemaUrl !== '') own['otel.scope.schema_url'] = scope.schemaUrl
  if (scope.version !== '') own['otel.scope.version'] = scope.version
  const labels = labelPairs({ ...naming.constant, ...attributes }, naming, { ...own, ...more })
  const isHistogram = aggregation.type !== 'sum' && aggregation.type !== 'lastValue'
  return isHistogram ? withoutBound(labels) : labels
}

/** A histogram's `le` is its buckets' own; an attribute of that name is renamed as Prometheus renames conflicts. */
function withoutBound(labels: Map<string, string>): Map<string, string> {
  if (!labels.has('le')) return labels
  return new Map([...labels].map(([name, value]) => [name === 'le' ? 'exported_le' : name, value]))
}

/** Attributes as labels; those of `own` stand for themselves, whatever an attribute of the same name says. */
export function labelPairs(
  attributes: Attributes,
  { strategy, escaping }: Naming,
  own: Record<string, string> = {},
): Map<string, string> {
  const nameOf = (key: string) => escapeName(labelName(key, strategy), escaping, true)
  const labels = new Map<string, string>()
  for (const [key, value] of Object.entries(attributes)) {
    const name = nameOf(key)
    const text = valueText(value)
    // Two attributes that become one label are joined (Prometheus compatibility, metric attributes).
    labels.set(name, labels.has(name) ? `${labels.get(name)};${text}` : text)
  }
  // Ours are plain names by nature, whatever the strategy.
  for (const [key, value] of Object.entries(own)) labels.set(labelName(key), value)
  return labels
}

/** Labels as they stand between braces, without them: `method="GET",otel_scope_name="shop"`. */
export function writeLabels(labels: ReadonlyMap<string, string>): string {
  return [...labels].map(([name, value]) => `${quoteName(name, true)}="${escapeLabelValue(value)}"`).join(',')
}

/** As OpenTelemetry's attribute values are written where only text is possible: JSON, but for strings. */
function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function escapeLabelValue(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
}
