import { basename, join, relative } from 'node:path'
import { findLaunches, type ServiceManifest } from './launches/find-launches.ts'
import type { Launch } from './launches/launch.ts'
import type { ReadPackages } from './packages/from-node-modules.ts'
import type { PackageGraph } from './packages/graph.ts'
import { readPackages } from './packages/read-packages.ts'
import { type JsonFile, readJsonFile } from './source/json-file.ts'
import { isOfApp, listOwnFiles } from './source/own-files.ts'
import { findSources, type Source } from './source/sources.ts'

/** Everything that checks look at: one package that is, or may be, a service. */
export interface Service {
  readonly folder: string
  readonly name: string
  readonly manifest: JsonFile<ServiceManifest>
  readonly files: readonly string[]
  /** Undefined where nothing is installed and no lock file is there. */
  readonly packages: PackageGraph | undefined
  readonly launches: readonly Launch[]
  readonly sources: readonly Source[]
}

/** Undefined where the folder has no package.json. A package.json that can't be read is said by its check. */
export function readService(folder: string, known: ReadPackages = new Map()): Service | undefined {
  const file = join(folder, 'package.json')
  const read = readJsonFile<ServiceManifest>(file)
  if (read === undefined) return undefined
  const isReadable = read !== 'broken' && typeof read.value === 'object' && read.value !== null
  const manifest = isReadable ? read : emptyManifest(file)
  const files = listOwnFiles(folder).filter(path => isOfApp(path, folder))
  return {
    folder,
    name: manifest.value.name ?? basename(folder),
    manifest,
    files,
    packages: readPackages(folder, withPreload(manifest.value), known),
    launches: findLaunches(manifest, files),
    sources: findSources(withoutOutput(files, folder)),
  }
}

/** A preload that is a development dependency is one of the things to be found. */
function withPreload(manifest: ServiceManifest): ServiceManifest {
  const preload = manifest.devDependencies?.['@tutti/preload']
  if (preload === undefined) return manifest
  return { ...manifest, dependencies: { ...manifest.dependencies, '@tutti/preload': preload } }
}

function emptyManifest(file: string): JsonFile<ServiceManifest> {
  return { file, text: '', value: {}, lineOf: () => 1, nodeAt: () => undefined }
}

/** What a finding about a package points at: the direct dependency that brought it. */
export function lineOfDependency({ manifest }: Service, name: string): number {
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies']) {
    if (manifest.nodeAt(kind, name) !== undefined) return manifest.lineOf(kind, name)
  }
  return manifest.lineOf('dependencies')
}

export function isBroken({ manifest }: Service): boolean {
  return manifest.text === ''
}

export function shown({ folder }: Pick<Service, 'folder'>, file: string): string {
  return relative(folder, file)
}

/** What is built is written once more where its sources are; without those it is all there is. */
function withoutOutput(files: readonly string[], folder: string): readonly string[] {
  const isSource = (file: string) => file.startsWith(join(folder, 'src'))
  if (!files.some(isSource)) return files
  return files.filter(file => !/^[\\/](?:dist|build|out|lib)[\\/]/.test(file.slice(folder.length)))
}
