import { dirname, join } from 'node:path'
import { readText } from '../source/read-text.ts'
import { fromNodeModules, type ReadPackages } from './from-node-modules.ts'
import { fromPackageLock } from './from-package-lock.ts'
import { fromPnpmLock } from './from-pnpm-lock.ts'
import { fromYarnLock } from './from-yarn-lock.ts'
import { followDependencies, type Manifest, type PackageGraph, type Store } from './graph.ts'

/**
 * What is installed for a service: its node_modules as Node would search them, whatever made them, else the nearest
 * lock file. Undefined where there is neither, or no dependencies at all.
 */
export function readPackages(
  folder: string,
  manifest: Manifest,
  known: ReadPackages,
): PackageGraph | undefined {
  const names = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
  const installed = fromNodeModules(folder, known)
  if (names.length === 0 || names.some(name => installed.find(folder, name, undefined) !== undefined))
    return followDependencies(installed, manifest)
  for (let above = folder; ; above = dirname(above)) {
    for (const [file, read] of LOCK_FILES) {
      const path = join(above, file)
      const text = readText(path)
      const store = text === undefined ? undefined : tryRead(() => read(text, path, folder))
      if (store !== undefined) return followDependencies(store, manifest)
    }
    if (dirname(above) === above) return undefined
  }
}

/** One that is broken, half merged for instance, is as good as none. */
function tryRead<Result>(read: () => Result): Result | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

type Read = (text: string, path: string, folder: string) => Store<string> | undefined
const LOCK_FILES: readonly (readonly [string, Read])[] = [
  ['npm-shrinkwrap.json', fromPackageLock],
  ['package-lock.json', fromPackageLock],
  ['pnpm-lock.yaml', fromPnpmLock],
  ['yarn.lock', fromYarnLock],
]
