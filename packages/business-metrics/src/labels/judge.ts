import { note } from '../shared/state.ts'
import type { LabelValue } from './definitions.ts'
import { identityIn } from './identity.ts'
import type { Label } from './label.ts'

/** The value of a label that the catalog does not allow, that is missing, or that a limit cuts. */
export const OTHER = 'other'
/** The value of a label that would have been an identity. */
export const REFUSED = 'refused'

/** Longer texts are nobody's label. */
const MAX_LENGTH = 200

/** The value that counts for what was given. Never throws; what is not as it should be is counted, and said once. */
export function judge(metric: string, label: Label, labels: unknown): LabelValue {
  const given = labelValue(labels, label.name)
  if (given === undefined || given === null) {
    note(
      'label.missing',
      metric,
      () => `the label "${label.name}" is missing, or can't be read: it counts as "other".`,
    )
    return OTHER
  }
  return label.free === undefined ? judgeListed(metric, label, given) : judgeFree(metric, label, given)
}

function judgeListed(metric: string, { name, values }: Label, given: unknown): LabelValue {
  if (values.includes(given as LabelValue)) return given as LabelValue
  // A number may come as a text, from a query or a file.
  const alike = isPlain(given) ? values.find(value => String(value) === String(given)) : undefined
  if (alike !== undefined) return alike
  note(
    'label.value',
    metric,
    () =>
      `the label "${name}" was given ${shown(given)}, which counts as "other". Give one of ${values.join(', ')}, or add ` +
      'the value to the catalog.',
  )
  return OTHER
}

function judgeFree(metric: string, { name, free }: Label, given: unknown): string {
  const value = isPlain(given) ? String(given) : ''
  if (value === '' || value.length > MAX_LENGTH || free?.pattern?.test(value) === false) {
    note(
      'label.value',
      metric,
      () =>
        `the label "${name}" was given ${shown(given)}, which counts as "other". Give a text of 1 to ${MAX_LENGTH} ` +
        `characters${free?.pattern === undefined ? '' : ` that matches ${free.pattern}`}.`,
    )
    return OTHER
  }
  const identity = free?.pattern === undefined ? identityIn(value) : undefined
  if (identity === undefined) return value
  // The value itself is not said: it may be a secret.
  note(
    'label.identity',
    metric,
    () =>
      `the label "${name}" was given ${identity}, which counts as "refused": there would be a series for each. Leave it ` +
      'out and log it, or say with freeText({ pattern }) what the values look like.',
  )
  return REFUSED
}

/** Undefined for what can't be read. */
export function labelValue(labels: unknown, name: string): unknown {
  try {
    return (labels as Record<string, unknown> | undefined)?.[name]
  } catch {
    return undefined
  }
}

function isPlain(value: unknown): value is LabelValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/** Short, and without calling anything of the value. */
function shown(value: unknown): string {
  if (typeof value === 'string') {
    if (identityIn(value) !== undefined) return `a text of ${value.length} characters`
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value)
  }
  return isPlain(value) ? String(value) : `a value of type ${typeof value}`
}
