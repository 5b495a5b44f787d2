import type { Format } from './format.ts'
import { objectAt } from './json-file.ts'
import { editPackageJson } from './package-json.ts'
import { replacePins } from './replace-pins.ts'

/** npm's `overrides`, which hold for the root of a project and for all that its dependencies bring. */
export const npm: Format = {
  file: () => 'package.json',
  print: ({ packages }) => JSON.stringify({ overrides: packages }, null, 2),
  apply: (set, text) =>
    editPackageJson(set, text, manifest => ({
      ...manifest,
      overrides: replacePins(objectAt(manifest, 'overrides'), set),
    })),
}
