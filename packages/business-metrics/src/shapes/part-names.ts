import { readSpec, type SpecOptions } from '../catalog/read-spec.ts'
import type { LabelDefinitions } from '../labels/definitions.ts'
import { MetricMisuseError } from '../misuse-error.ts'
import type { InstrumentSpec } from '../recording/instrument-spec.ts'

/** Other names for parts of a shape; `false` leaves a part out. */
export type PartNames<Part extends string> = { readonly [P in Part]?: string | false }

/** The instruments of a shape, under the names that the author gave, without those that they left out. */
export function readParts<Part extends string>(
  names: PartNames<Part> | undefined,
  parts: Readonly<Record<Part, SpecOptions>>,
): Record<string, InstrumentSpec> {
  const entries = Object.entries(parts) as [Part, SpecOptions][]
  return Object.fromEntries(
    entries.flatMap(([part, options]) => {
      const name = names?.[part]
      return name === false ? [] : [[part, readSpec({ ...options, name: name ?? options.name })]]
    }),
  )
}

/**
 * The labels of a part: those of the author, and those that the shape itself sets, which would otherwise take the place
 * of theirs without a word. Throws {@link MetricMisuseError}.
 */
export function withOwnLabels(
  metric: string,
  labels: LabelDefinitions | undefined,
  own: LabelDefinitions,
): LabelDefinitions {
  const taken = Object.keys(own).find(name => labels !== undefined && Object.hasOwn(labels, name))
  if (taken !== undefined)
    throw new MetricMisuseError(
      'TUTTI_LABEL_INVALID',
      `${metric}: the label "${taken}" is set by the metric itself. Choose another name.`,
    )
  return { ...labels, ...own }
}

/** The labels and some more. Never throws: what can't be read is missing, which is counted where it is recorded. */
export function extend(labels: unknown, more: Readonly<Record<string, string>>): Record<string, unknown> {
  try {
    return { ...(labels as Record<string, unknown> | undefined), ...more }
  } catch {
    return { ...more }
  }
}
