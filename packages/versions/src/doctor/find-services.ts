import { join, relative, sep } from 'node:path'
import picomatch from 'picomatch'
import { parseDocument } from 'yaml'
import type { ServiceManifest } from './launches/find-launches.ts'
import { type JsonFile, readJsonFile } from './source/json-file.ts'
import { entriesOf } from './source/own-files.ts'
import { readText } from './source/read-text.ts'

/** Services lie not deeper than that in a folder of many. */
const MAX_DEPTH = 4

/** The folder itself, and the members of its workspace; without a package.json of its own the folders in it. */
export function findServices(root: string): string[] {
  const manifest = readJsonFile<ServiceManifest>(join(root, 'package.json'))
  if (manifest === undefined) return foldersWith(root).filter(isOutermost)
  const patterns = manifest === 'broken' ? [] : workspacePatterns(root, manifest.value)
  if (patterns.length === 0)
    return isService(manifest) ? [root] : [root, ...foldersWith(root).filter(isOutermost)]
  const wanted = patterns.filter(pattern => !pattern.startsWith('!')).map(plain)
  const unwanted = patterns.filter(pattern => pattern.startsWith('!')).map(pattern => plain(pattern.slice(1)))
  const fits = picomatch(wanted, { ignore: unwanted })
  const members = foldersWith(root).filter(folder => fits(relative(root, folder).split(sep).join('/')))
  return [root, ...members]
}

/** A package.json that only brings tools stands above services that know nothing of each other. */
function isService(manifest: JsonFile<ServiceManifest> | 'broken'): boolean {
  if (manifest === 'broken') return true
  const { dependencies, main, scripts } = manifest.value
  return dependencies !== undefined || main !== undefined || scripts?.start !== undefined
}

/** npm and yarn: `workspaces` of package.json; pnpm: a file of its own. */
function workspacePatterns(root: string, { workspaces }: { workspaces?: unknown }): string[] {
  const listed = Array.isArray(workspaces)
    ? workspaces
    : (workspaces as { packages?: unknown } | undefined)?.packages
  if (Array.isArray(listed)) return listed.map(String)
  const text = readText(join(root, 'pnpm-workspace.yaml'))
  if (text === undefined) return []
  // What is no YAML names no packages.
  const { packages } = (parseDocument(text, { logLevel: 'silent' }).toJS() ?? {}) as { packages?: unknown }
  return Array.isArray(packages) ? packages.map(String) : []
}

function plain(pattern: string): string {
  return pattern.replace(/^\.\//, '').replace(/\/$/, '')
}

/** Every folder below that has a package.json. */
function foldersWith(root: string): string[] {
  const folders: string[] = []
  const search = (folder: string, depth: number) => {
    for (const entry of entriesOf(folder)) {
      if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name.startsWith('.')) continue
      const at = join(folder, entry.name)
      if (readText(join(at, 'package.json')) !== undefined) folders.push(at)
      if (depth < MAX_DEPTH) search(at, depth + 1)
    }
  }
  search(root, 1)
  return folders
}

/** A package inside of a service is that service's. */
function isOutermost(folder: string, _at: number, all: readonly string[]): boolean {
  return !all.some(other => folder.startsWith(other + sep))
}
