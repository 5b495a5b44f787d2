import type { MergedStream } from '../merge/merged-stream.ts'
import { escapeHelp } from './labels.ts'
import { type FamilyType, familyName, familyType } from './names.ts'

/** What stands under one HELP and TYPE: streams of different scopes may share a name. */
export interface Family {
  readonly name: string
  readonly type: FamilyType
  help: string
  readonly streams: MergedStream[]
}

/**
 * Groups streams into families. One name has one type: streams that disagree with the first are left out and
 * reported (Prometheus compatibility: conflicting metadata must not appear on one page).
 */
export function groupIntoFamilies(
  streams: Iterable<MergedStream>,
  conflict: (name: string, kept: FamilyType, left: FamilyType) => void,
): Family[] {
  const families = new Map<string, Family>()
  for (const stream of streams) {
    const name = familyName(stream.definition)
    const type = familyType(stream.definition)
    const family = families.get(name)
    if (family === undefined) {
      families.set(name, { name, type, help: stream.definition.description, streams: [stream] })
    } else if (family.type === type) {
      family.help ||= stream.definition.description
      family.streams.push(stream)
    } else {
      conflict(name, family.type, type)
    }
  }
  return [...families.values()]
}

/** `# HELP` and `# TYPE`. The name in them is that of the samples, `_total` included, in text 0.0.4. */
export function familyHeader(family: Family): string {
  const help = escapeHelp(family.help || 'description missing')
  return `# HELP ${family.name} ${help}\n# TYPE ${family.name} ${family.type}\n`
}
