import { MetricMisuseError } from '../misuse-error.ts'
import type { FreeText, LabelDefinition, LabelDefinitions, LabelValue } from './definitions.ts'
import { identityIn, namesIdentity } from './identity.ts'

/** A label that was looked at: its values are known, or its text is free. */
export interface Label {
  readonly name: string
  /** Empty where the text is free. */
  readonly values: readonly LabelValue[]
  readonly free: FreeText | undefined
}

/** Labels that Prometheus or Tutti add by themselves. */
const RESERVED = ['le', 'quantile', 'worker', 'job', 'instance']

/** Throws {@link MetricMisuseError} for what can't be labels, or should not be. */
export function readLabels(metric: string, definitions: LabelDefinitions): Label[] {
  const labels = Object.entries(definitions).map(([name, definition]) => readLabel(metric, name, definition))
  const clash = labels.find(
    ({ name }, index) => labels.findIndex(each => page(each.name) === page(name)) < index,
  )
  if (clash !== undefined)
    throw invalid(
      metric,
      clash.name,
      `is the same as another one on the page: ${page(clash.name)}. Rename one`,
    )
  return labels
}

function readLabel(metric: string, name: string, definition: LabelDefinition): Label {
  if (!/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/.test(name) || name.length > 60)
    throw invalid(metric, name, 'is no name of a label. Use at most 60 lower-case letters, digits, _ and .')
  if (RESERVED.includes(name) || name.startsWith('otel'))
    throw invalid(metric, name, 'is a name that Prometheus or the exporter use. Choose another one')
  if (Array.isArray(definition))
    return { name, values: readValues(metric, name, definition), free: undefined }
  if (typeof definition !== 'object' || definition === null || !('free' in definition))
    throw invalid(metric, name, 'is neither a list of values nor freeText()')
  if (namesIdentity(name) && definition.pattern === undefined)
    throw new MetricMisuseError(
      'TUTTI_LABEL_IDENTITY',
      `${metric}: the label "${name}" would hold identities: a new series for each, for ever. Leave it out and log it, ` +
        'list its values if there are few, or say with freeText({ pattern }) what they look like.',
    )
  return { name, values: [], free: definition }
}

function readValues(metric: string, name: string, values: readonly LabelValue[]): readonly LabelValue[] {
  if (values.length === 0) throw invalid(metric, name, 'has no values. List them, or use freeText()')
  const wrong = values.find(value => !['string', 'number', 'boolean'].includes(typeof value) || value === '')
  if (wrong !== undefined)
    throw invalid(metric, name, `has the value ${JSON.stringify(wrong)}. Use texts, numbers and booleans`)
  if (new Set(values.map(String)).size < values.length)
    throw invalid(metric, name, 'has a value twice. Remove one')
  const identity = values
    .map(value => (typeof value === 'string' ? identityIn(value) : undefined))
    .find(Boolean)
  if (identity !== undefined)
    throw new MetricMisuseError(
      'TUTTI_LABEL_IDENTITY',
      `${metric}: a value of the label "${name}" looks like ${identity}. Leave such values out.`,
    )
  return [...values]
}

function page(name: string): string {
  return name.replaceAll('.', '_')
}

function invalid(metric: string, label: string, what: string): MetricMisuseError {
  return new MetricMisuseError('TUTTI_LABEL_INVALID', `${metric}: the label "${label}" ${what}.`)
}
