import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readText } from './read-text.ts'

/** What a person wrote lies not so deep, and a service has not so many files. */
const MAX_DEPTH = 8
const MAX_FILES = 20_000
const LEFT_OUT =
  /^(?:node_modules|bower_components|coverage|vendor|\.git|\.next|\.turbo|\.cache|\.yarn|\.pnpm-store)$/

/** All files of a package, but for those of packages inside of it: absolute paths, in order. */
export function listOwnFiles(folder: string): string[] {
  const files: string[] = []
  const list = (path: string, depth: number) => {
    for (const entry of entriesOf(path)) {
      if (files.length >= MAX_FILES) return
      const at = join(path, entry.name)
      if (entry.isFile()) files.push(at)
      else if (entry.isDirectory() && depth < MAX_DEPTH && !LEFT_OUT.test(entry.name) && !isPackage(at))
        list(at, depth + 1)
    }
  }
  list(folder, 0)
  return files
}

/** A package.json that only says `{"type": "module"}` makes none. */
function isPackage(folder: string): boolean {
  return /"name"\s*:/.test(readText(join(folder, 'package.json')) ?? '')
}

/** What is in a folder, in order; of one that is not there, or can't be read, nothing. */
export function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}

/** Tests set up what they like, examples show what may be, and tools of development run nowhere else. */
const NO_APP =
  /[\\/](?:tests?|__tests__|__mocks__|spec|e2e|fixtures|examples?|bench(?:marks?)?|campaign)[\\/]|\.(?:test|spec|bench|d)\.[cm]?[jt]sx?$/

/** Those that run, or say what runs, when the service does. */
export function isOfApp(file: string, folder: string): boolean {
  return !NO_APP.test(file.slice(folder.length))
}
