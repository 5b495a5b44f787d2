import type { VersionSet } from '../sets/version-set.ts'

/** The packages that have one version in common, the version with the most packages first. */
export function byVersion({ packages }: VersionSet): [version: string, names: string[]][] {
  const groups = new Map<string, string[]>()
  for (const [name, version] of Object.entries(packages)) {
    const names = groups.get(version)
    if (names === undefined) groups.set(version, [name])
    else names.push(name)
  }
  return [...groups].sort(([, a], [, b]) => b.length - a.length)
}
