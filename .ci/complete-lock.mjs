// Adds to package-lock.json the platform packages that npm left out because the registry in use does not have them.
// Without them `npm ci` refuses the lock file, on every platform. Run it after each change of dependencies; with
// --check it only says what is missing.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { missingPlatformPackages } from './prepare/platform-packages.mjs'
import { root } from './prepare/root.mjs'

const file = join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const missing = missingPlatformPackages(lock.packages)
const names = missing.map(({ path }) => path).join('\n  ')
if (missing.length > 0 && process.argv.includes('--check')) {
  console.error(
    `package-lock.json lacks packages of other platforms; run "node .ci/complete-lock.mjs":\n  ${names}`,
  )
  process.exitCode = 1
} else if (missing.length > 0) {
  for (const { path, entry } of missing) lock.packages[path] = entry
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`)
  console.log(`Added to package-lock.json:\n  ${names}`)
}
