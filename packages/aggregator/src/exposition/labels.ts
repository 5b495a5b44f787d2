import type { Attributes } from '@opentelemetry/api'
import { hasPrometheusNames, OWN_SCOPE, type Scope, type StreamDefinition } from '../segment/stream.ts'
import { DUPLICATE_LABEL } from './distinct-labels.ts'
import { escapeName, quoteName } from './escaping.ts'
import { labelName } from './names.ts'
import { type Escaping, PLAIN_TEXT } from './negotiate.ts'
import { DEFAULT_STRATEGY, type TranslationStrategy } from './strategy.ts'

/** The label that tells streams apart that share everything but their definition. */
export const DEFINITION_LABEL = 'tutti_definition'

/** What decides how a page names things. */
export interface Naming {
  readonly strategy: TranslationStrategy
  readonly escaping: Escaping
  /** Resource attributes that stand on every sample (OpenTelemetry: resource attributes as metric labels). */
  readonly constant: Attributes
  /** Whether the scope stands on every sample. */
  readonly hasScopeInfo: boolean
}

export const DEFAULT_NAMING: Naming = {
  strategy: DEFAULT_STRATEGY,
  escaping: PLAIN_TEXT.escaping,
  constant: {},
  hasScopeInfo: true,
}

/** The labels of a series: its attributes, then its scope. Names are final, values are as they are. */
export function labelsOf(
  attributes: Attributes,
  { scope, aggregation }: Pick<StreamDefinition, 'scope' | 'aggregation'>,
  naming: Naming,
  more: Record<string, string> = {},
): Map<string, string> {
  const isTranslated = !hasPrometheusNames({ scope })
  const own = naming.hasScopeInfo && isTranslated ? scopeLabels(scope) : {}
  const labels = isTranslated
    ? labelPairs({ ...naming.constant, ...attributes }, naming, { ...own, ...more })
    : withUntranslated(attributes, naming, more)
  const isHistogram = aggregation.type !== 'sum' && aggregation.type !== 'lastValue'
  return isHistogram ? withoutBound(labels) : labels
}

/** Labels that came with Prometheus' names, over those that stand on every sample. */
function withUntranslated(
  attributes: Attributes,
  naming: Naming,
  more: Record<string, string>,
): Map<string, string> {
  const untranslated = labelPairs(attributes, { ...naming, strategy: 'NoTranslation' }, more)
  return new Map([...labelPairs(naming.constant, naming), ...untranslated])
}

function scopeLabels({ name, schemaUrl, version }: Scope): Record<string, string> {
  return {
    'otel.scope.name': name,
    ...(schemaUrl !== '' && { 'otel.scope.schema_url': schemaUrl }),
    ...(version !== '' && { 'otel.scope.version': version }),
  }
}

/** The labels of what the page says about itself. */
export function ownLabels(attributes: Attributes, naming: Naming): Map<string, string> {
  return labelsOf(attributes, { scope: OWN_SCOPE, aggregation: { type: 'sum' } }, naming)
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
  const nameOf = (key: string) => {
    const name = escapeName(labelName(key, strategy), escaping, true)
    return RESERVED.has(name) ? `exported_${name}` : name
  }
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

/**
 * What an attribute may not be called: it is renamed as Prometheus renames conflicts. With the first one a page is
 * refused, whole; with the others a series could pass for another one.
 */
const RESERVED: ReadonlySet<string> = new Set(['__name__', DEFINITION_LABEL, DUPLICATE_LABEL])

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
