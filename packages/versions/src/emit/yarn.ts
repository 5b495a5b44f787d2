import type { Format } from './format.ts'
import { objectAt } from './json-file.ts'
import { editPackageJson } from './package-json.ts'
import { replacePins } from './replace-pins.ts'

/** `resolutions`, which yarn 1 and its successors read in the root of a project. */
export const yarn: Format = {
  file: () => 'package.json',
  print: ({ packages }) => JSON.stringify({ resolutions: packages }, null, 2),
  apply: (set, text) =>
    editPackageJson(set, text, manifest => ({
      ...manifest,
      resolutions: replacePins(objectAt(manifest, 'resolutions'), set),
    })),
}
