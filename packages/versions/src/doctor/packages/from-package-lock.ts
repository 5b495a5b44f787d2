import { dirname, relative, sep } from 'node:path'
import type { Manifest, Store } from './graph.ts'

interface Entry extends Manifest {
  readonly link?: boolean
  readonly resolved?: string
}

/** npm's lock file from version 2 on: the folders that there would be, so the search is Node's. */
export function fromPackageLock(text: string, path: string, folder: string): Store<string> | undefined {
  const { packages } = parse(text)
  if (packages === undefined) return undefined
  return {
    source: path,
    root: relative(dirname(path), folder).split(sep).join('/'),
    find(from, name) {
      for (let above = from; ; above = parentOf(above)) {
        const at = above === '' ? `node_modules/${name}` : `${above}/node_modules/${name}`
        const entry: Entry | undefined = packages[at]
        const key: string = entry?.link === true ? (entry.resolved ?? at) : at
        const manifest: Entry | undefined = packages[key]
        if (manifest !== undefined) return { key, id: key, manifest: { name, ...manifest } }
        if (above === '') return undefined
      }
    },
  }
}

function parse(text: string): { packages?: Record<string, Entry> } {
  try {
    return JSON.parse(text) as { packages?: Record<string, Entry> }
  } catch {
    return {}
  }
}

function parentOf(key: string): string {
  const slash = key.lastIndexOf('/')
  return slash === -1 ? '' : key.slice(0, slash)
}
