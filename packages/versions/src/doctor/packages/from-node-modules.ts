import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readText } from '../source/read-text.ts'
import type { Found, Manifest, Store } from './graph.ts'

/** What was read, by path: services of one repository share most of it. */
export type ReadPackages = Map<string, Found<string> | undefined>

/** Searches as Node does, folder by folder upwards from the real path: right for npm, pnpm and yarn alike. */
export function fromNodeModules(folder: string, known: ReadPackages): Store<string> {
  const read = (path: string) => {
    if (!known.has(path)) known.set(path, readPackage(path))
    return known.get(path)
  }
  return {
    source: 'node_modules',
    root: folder,
    find(from, name) {
      for (let above = from; ; above = dirname(above)) {
        if (!above.endsWith('node_modules')) {
          const found = read(join(above, 'node_modules', name))
          if (found !== undefined) return found
        }
        if (dirname(above) === above) return undefined
      }
    },
  }
}

function readPackage(path: string): Found<string> | undefined {
  const text = readText(join(path, 'package.json'))
  if (text === undefined) return undefined
  try {
    const real = realpathSync(path)
    return { key: real, id: real, manifest: JSON.parse(text) as Manifest }
  } catch {
    return undefined
  }
}
