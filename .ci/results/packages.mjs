import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Where each package's test runner leaves its results, below the package's folder. */
export const resultFile = '.turbo/test-results.json'

/** The folders of all packages that have tests. */
export function testedPackages(root) {
  return ['packages', 'apps']
    .flatMap(group => readdirSync(join(root, group)).map(name => join(root, group, name)))
    .filter(hasTests)
}

/** Removes what an earlier run left, so that it is not taken for this run's. */
export function forgetResults(packages) {
  for (const folder of packages) rmSync(join(folder, resultFile), { force: true })
}

function hasTests(folder) {
  const manifest = join(folder, 'package.json')
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).scripts?.test !== undefined
}
