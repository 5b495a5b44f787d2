import { dirname, relative, sep } from 'node:path'
import { parse } from 'yaml'
import type { Manifest, Store } from './graph.ts'

interface Importer {
  readonly dependencies?: Record<string, { version: string }>
  readonly optionalDependencies?: Record<string, { version: string }>
}
interface Snapshot {
  readonly dependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}
interface Lock {
  readonly importers?: Record<string, Importer>
  readonly packages?: Record<string, Manifest>
  readonly snapshots?: Record<string, Snapshot>
}

/** pnpm's lock file from version 9 on. A key is `name@version(peers)`, a peer stands among the dependencies. */
export function fromPnpmLock(text: string, path: string, folder: string): Store<string> | undefined {
  const { importers = {}, packages = {}, snapshots } = parse(text, { logLevel: 'error' }) as Lock
  const service = importers[relative(dirname(path), folder).split(sep).join('/') || '.']
  if (snapshots === undefined || service === undefined) return undefined
  return {
    source: path,
    root: '',
    find(from, name) {
      const reference = from === '' ? versionFor(service, name) : referenceFor(snapshots[from], name)
      if (reference === undefined || /^(?:link|file|workspace):/.test(reference)) return undefined
      // An alias is written with the name of what it stands for.
      const key = snapshots[reference] === undefined ? `${name}@${reference}` : reference
      const snapshot = snapshots[key]
      if (snapshot === undefined) return undefined
      const plain = key.replace(/\(.*$/, '')
      const at = plain.lastIndexOf('@')
      const own = packages[plain] ?? {}
      const { dependencies = {}, optionalDependencies = {} } = snapshot
      const peers = own.peerDependencies ?? {}
      const isPeer = ([each]: [string, string]) => peers[each] !== undefined
      const regular = Object.entries(dependencies).filter(entry => !isPeer(entry))
      const manifest: Manifest = {
        ...own,
        name: plain.slice(0, at),
        version: own.version ?? plain.slice(at + 1),
        dependencies: Object.fromEntries(regular),
        optionalDependencies,
      }
      return { key, id: key, manifest }
    },
  }
}

function versionFor({ dependencies, optionalDependencies }: Importer, name: string): string | undefined {
  return (dependencies?.[name] ?? optionalDependencies?.[name])?.version
}

function referenceFor(snapshot: Snapshot | undefined, name: string): string | undefined {
  return snapshot?.dependencies?.[name] ?? snapshot?.optionalDependencies?.[name]
}
