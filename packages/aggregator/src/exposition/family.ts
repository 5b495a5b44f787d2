import type { MergedStream } from '../merge/merged-stream.ts'
import { escapeName } from './escaping.ts'
import type { Naming } from './labels.ts'
import { familyName, familyType, unitWords } from './names.ts'
import { type Named, SampleNames } from './sample-names.ts'

/** What stands under one HELP and TYPE: streams of different scopes may share a name. */
export interface Family extends Named {
  help: string
  /** In Prometheus' words, `seconds`; empty when the name does not end in it. */
  readonly unit: string
  readonly streams: MergedStream[]
  /**
   * A counter's name without `_total`, by which OpenMetrics knows it. Undefined for all others, and where somebody
   * else has that name: then it is of unknown type there.
   */
  readonly baseName: string | undefined
}

/** Why something is not on the page: `left` would have a sample of `kept`. */
export type Conflict = (left: Named, kept: Named, sample: string) => void

/**
 * Groups streams into families. A sample belongs to one family and a name has one type: what comes later and disagrees
 * is left out and reported (Prometheus compatibility: conflicting metadata must not appear on one page).
 *
 * @param own families that the page has anyway.
 */
export function groupIntoFamilies(
  streams: Iterable<MergedStream>,
  { strategy, escaping }: Naming,
  own: Iterable<Named>,
  conflict: Conflict,
): Family[] {
  const names = new SampleNames()
  for (const each of own) {
    names.claim(each)
    names.claimBase(each)
  }
  const families = new Map<string, Omit<Family, 'baseName'>>()
  for (const stream of streams) {
    const { definition } = stream
    const name = escapeName(familyName(definition, strategy), escaping, false)
    const type = familyType(definition)
    const known = families.get(name)
    if (known?.type === type) {
      known.help ||= definition.description
      known.streams.push(stream)
      continue
    }
    const taken = names.claim({ name, type })
    if (taken !== undefined) conflict({ name, type }, taken.by, taken.sample)
    else {
      const unit = unitIn(name, unitWords(definition))
      families.set(name, { name, type, help: definition.description, unit, streams: [stream] })
    }
  }
  return [...families.values()].map(family => ({ ...family, baseName: names.claimBase(family) }))
}

/** OpenMetrics allows a unit only where the name ends in it. */
function unitIn(name: string, unit: string): string {
  return unit !== '' && name.replace(/_total$/, '').endsWith(`_${unit}`) ? unit : ''
}
