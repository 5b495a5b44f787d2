import { readFileSync } from 'node:fs'
import { sep } from 'node:path'

/** A file of an installed package: `lib/client.js` of the copy of `pg` that stands in `directory`. */
export interface LoadedFile {
  file: string
  directory: string
  isOf(packageName: string): boolean
  version(): string
}

/** Undefined for a file of the app itself, which is in no package. */
export function locateFile(filename: string): LoadedFile | undefined {
  const path = sep === '/' ? filename : filename.replaceAll(sep, '/')
  const start = path.lastIndexOf('/node_modules/') + '/node_modules/'.length
  if (start < '/node_modules/'.length) return undefined
  let nameEnd = path.indexOf('/', start)
  if (path[start] === '@') nameEnd = path.indexOf('/', nameEnd + 1)
  if (nameEnd < 0) return undefined
  const folder = path.slice(start, nameEnd)
  const file = path.slice(nameEnd + 1)
  const directory = path.slice(0, nameEnd)
  return {
    file,
    directory,
    // A package may be installed under another name (npm:express@4), so its own word counts; but a bare
    // index.js is in every package, and reading each one's package.json would delay the app's start.
    isOf: packageName =>
      folder === packageName || (file.includes('/') && readPackage(directory).name === packageName),
    version: () => readPackage(directory).version ?? '',
  }
}

function readPackage(directory: string): { name?: string; version?: string } {
  return JSON.parse(readFileSync(`${directory}/package.json`, 'utf8'))
}
