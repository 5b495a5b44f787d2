import type { VersionSet } from '../sets/version-set.ts'
import { byVersion } from './by-version.ts'
import type { Format } from './format.ts'
import { editJson } from './json-file.ts'

const FILE = '.syncpackrc.json'
const LABEL = 'OpenTelemetry, Tutti set '

/** Version groups of syncpack, for a repository of many services: `syncpack lint` tells, `syncpack fix` mends. */
export const syncpack: Format = {
  file: () => FILE,
  print: set => JSON.stringify({ versionGroups: versionGroups(set) }, null, 2),
  apply: (set, text = '{}\n') =>
    editJson(FILE, text, config => {
      const groups = Array.isArray(config.versionGroups) ? config.versionGroups : []
      // A dependency belongs to the first group that names it.
      return { ...config, versionGroups: [...versionGroups(set), ...groups.filter(group => !isOurs(group))] }
    }),
}

function versionGroups(set: VersionSet): object[] {
  return byVersion(set).map(([version, dependencies]) => ({
    label: `${LABEL}${set.name}: ${version}`,
    dependencies,
    // Libraries say there what they work with.
    dependencyTypes: ['!peer'],
    pinVersion: version,
  }))
}

function isOurs(group: unknown): boolean {
  const { label } = (group ?? {}) as { label?: unknown }
  return typeof label === 'string' && label.startsWith(LABEL)
}
