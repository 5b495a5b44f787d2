import type { VersionSet } from '../sets/version-set.ts'
import { FormatError } from './format.ts'
import { editJson, type JsonObject, objectAt } from './json-file.ts'

const FILE = 'package.json'

/**
 * Changes a service's package.json, which has to be there. What the service depends on itself becomes exact: npm
 * refuses an override that says anything else (EOVERRIDE), and yarn 1 does not apply resolutions to it.
 */
export function editPackageJson(
  set: VersionSet,
  text: string | undefined,
  edit: (manifest: JsonObject) => JsonObject,
): string {
  if (text === undefined)
    throw new FormatError(`there is no ${FILE}. Give the folder of a service, the root of a monorepo.`)
  return editJson(FILE, text, manifest => edit(withExactDependencies(manifest, set)))
}

function withExactDependencies(manifest: JsonObject, { packages }: VersionSet): JsonObject {
  const changed = { ...manifest }
  for (const key of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']) {
    if (manifest[key] === undefined) continue
    const dependencies = Object.entries(objectAt(manifest, key))
    changed[key] = Object.fromEntries(dependencies.map(([name, range]) => [name, packages[name] ?? range]))
  }
  return changed
}
