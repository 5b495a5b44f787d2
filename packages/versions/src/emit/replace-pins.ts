import { sets } from '../sets/index.ts'
import type { VersionSet } from '../sets/version-set.ts'

/** What was pinned before and is none of ours stays; what another set pinned and this one does not have goes. */
export function replacePins(before: object, set: VersionSet): Record<string, unknown> {
  const kept = Object.entries(before).filter(([name, version]) => !isOfOtherSet(name, version, set))
  return { ...Object.fromEntries(kept), ...set.packages }
}

export function isOfOtherSet(name: string, version: unknown, { packages }: VersionSet): boolean {
  return !(name in packages) && sets.some(each => each.packages[name] === version)
}
