import type { MergedStream } from '../merge/merged-stream.ts'
import { escapeName } from './escaping.ts'
import type { Naming } from './labels.ts'
import { type FamilyType, familyName, familyType, unitWords } from './names.ts'

/** What stands under one HELP and TYPE: streams of different scopes may share a name. */
export interface Family {
  /** As the client reads it. */
  readonly name: string
  readonly type: FamilyType
  help: string
  /** In Prometheus' words, `seconds`; empty when the name does not end in it. */
  readonly unit: string
  readonly streams: MergedStream[]
}

/**
 * Groups streams into families. One name has one type: streams that disagree with the first are left out and
 * reported (Prometheus compatibility: conflicting metadata must not appear on one page).
 */
export function groupIntoFamilies(
  streams: Iterable<MergedStream>,
  { strategy, escaping }: Naming,
  conflict: (name: string, kept: FamilyType, left: FamilyType) => void,
): Family[] {
  const families = new Map<string, Family>()
  for (const stream of streams) {
    const { definition } = stream
    const name = escapeName(familyName(definition, strategy), escaping, false)
    const type = familyType(definition)
    const family = families.get(name)
    if (family === undefined) {
      const unit = unitIn(name, unitWords(definition))
      families.set(name, { name, type, help: definition.description, unit, streams: [stream] })
    } else if (family.type === type) {
      family.help ||= definition.description
      family.streams.push(stream)
    } else {
      conflict(name, family.type, type)
    }
  }
  return [...families.values()]
}

/** OpenMetrics allows a unit only where the name ends in it. */
function unitIn(name: string, unit: string): string {
  return unit !== '' && name.replace(/_total$/, '').endsWith(`_${unit}`) ? unit : ''
}
