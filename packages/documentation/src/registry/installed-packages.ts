import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../repository.ts'

export interface InstalledPackage {
  readonly version: string
  /** Where it lies; undefined for one that is for another platform. */
  readonly folder: string | undefined
  readonly manifest: Readonly<Record<string, unknown>>
}

interface LockEntry extends Record<string, unknown> {
  readonly name?: string
  readonly version?: string
  readonly link?: boolean
}

/** Every package of the repository's node_modules by name, the one at the top first; and those that the lock file knows. */
export function installedPackages(): Map<string, InstalledPackage[]> {
  const found = new Map<string, InstalledPackage[]>()
  for (const [path, entry] of Object.entries(lockEntries())) {
    if (entry.link || entry.version === undefined || !path.includes('node_modules/')) continue
    const installed = packageAt(path, entry, entry.version)
    const name = String(installed.manifest.name)
    const versions = found.get(name) ?? []
    if (versions.some(({ version }) => version === entry.version)) continue
    if (/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && path === `node_modules/${name}`)
      versions.unshift(installed)
    else versions.push(installed)
    found.set(name, versions)
  }
  return found
}

function lockEntries(): Record<string, LockEntry> {
  return JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')).packages
}

function packageAt(path: string, entry: LockEntry, version: string): InstalledPackage {
  const folder = join(repository, path)
  try {
    const { devDependencies: _, ...manifest } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    // The registry's word: some package.json tell another version.
    return { version, folder, manifest: { ...manifest, version } }
  } catch {
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const { resolved: _, integrity: __, dev: ___, ...manifest } = entry
    return { version, folder: undefined, manifest: { ...manifest, name } }
  }
}
