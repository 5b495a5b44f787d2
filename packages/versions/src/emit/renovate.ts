import type { VersionSet } from '../sets/version-set.ts'
import { byVersion } from './by-version.ts'
import type { Format } from './format.ts'

/**
 * A Renovate preset. It lies in the platform team's repository; a service says `extends` and gets one pull request for
 * all packages of the set, to exactly its versions, whatever newer ones there are. Renovate takes nothing back that is
 * ahead of the set.
 */
export const renovate: Format = {
  file: ({ name }) => `tutti-${name}.json`,
  print,
  // A file of its own: nothing else is in it that would have to stay.
  apply: set => `${print(set)}\n`,
}

function print(set: VersionSet): string {
  return JSON.stringify(preset(set), null, 2)
}

function preset(set: VersionSet): object {
  return {
    $schema: 'https://docs.renovatebot.com/renovate-schema.json',
    description: [`OpenTelemetry as in Tutti's set ${set.name} of ${set.date}`],
    packageRules: [
      {
        description: [`One pull request for OpenTelemetry, set ${set.name}`],
        matchDatasources: ['npm'],
        matchPackageNames: Object.keys(set.packages),
        groupName: `OpenTelemetry ${set.name}`,
        // Major versions are in the same request.
        separateMajorMinor: false,
      },
      {
        description: ['Exact in services; a library goes on saying what it works with'],
        matchDatasources: ['npm'],
        matchDepTypes: [
          'dependencies',
          'devDependencies',
          'optionalDependencies',
          'overrides',
          'resolutions',
        ],
        matchPackageNames: Object.keys(set.packages),
        rangeStrategy: 'pin',
      },
      ...byVersion(set).map(([version, names]) => ({
        matchDatasources: ['npm'],
        matchPackageNames: names,
        allowedVersions: version,
      })),
    ],
  }
}
