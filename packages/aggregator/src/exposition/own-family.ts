import { type Naming, writeLabels } from './labels.ts'
import type { FamilyType } from './names.ts'
import { baseOf } from './sample-names.ts'
import type { TextFormat } from './text-format.ts'

/** A family that describes the page itself, not what the app recorded: few samples, computed at every scrape. */
export interface OwnFamily {
  /** As Prometheus has it, suffixes included; a plain name. */
  readonly name: string
  readonly type: Exclude<FamilyType, 'histogram'>
  readonly help: string
  readonly unit: string
  readonly samples: readonly { readonly labels: ReadonlyMap<string, string>; readonly value: number }[]
}

/** Makes the families of one page; some of their labels are named like the app's. */
export type OwnFamilies = (naming: Naming) => OwnFamily[]

export function writeOwnFamilies(families: readonly OwnFamily[], format: TextFormat): string {
  return families
    .map(
      family =>
        format.header({ ...family, baseName: baseOf(family) }) +
        family.samples.map(sample => line(family.name, sample)).join(''),
    )
    .join('')
}

function line(name: string, { labels, value }: OwnFamily['samples'][number]): string {
  return labels.size === 0 ? `${name} ${value}\n` : `${name}{${writeLabels(labels)}} ${value}\n`
}
