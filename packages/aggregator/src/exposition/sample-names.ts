import type { FamilyType } from './names.ts'

/** A family's name, as the client reads it, and its type. */
export interface Named {
  readonly name: string
  readonly type: FamilyType
}

/** Which family has which samples: none may have those of another one (OpenMetrics, MetricFamily). */
export class SampleNames {
  readonly #families: Map<string, Named> = new Map()

  /** Takes the names of a family's samples. Undefined, or whose one of them is already; then it takes none. */
  claim(family: Named): { readonly by: Named; readonly sample: string } | undefined {
    const samples = namesOf(family)
    for (const sample of samples) {
      const by = this.#families.get(sample)
      if (by !== undefined) return { by, sample }
    }
    for (const sample of samples) this.#families.set(sample, family)
    return undefined
  }

  /** Takes a counter's name without `_total` too, when all families have theirs. Undefined where it can't be had. */
  claimBase(family: Named): string | undefined {
    const base = baseOf(family)
    if (base === undefined || this.#families.has(base) || this.#families.has(`${base}_created`))
      return undefined
    this.#families.set(base, family)
    this.#families.set(`${base}_created`, family)
    return base
  }
}

/** A counter's name without `_total`; undefined for whatever does not end so. */
export function baseOf({ name, type }: Named): string | undefined {
  return type === 'counter' && name.endsWith('_total') ? name.slice(0, -'_total'.length) : undefined
}

function namesOf({ name, type }: Named): string[] {
  if (type !== 'histogram') return [name]
  return ['', '_bucket', '_sum', '_count', '_created'].map(suffix => name + suffix)
}
