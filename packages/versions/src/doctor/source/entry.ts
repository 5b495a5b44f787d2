import { existsSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import type { Service } from '../service.ts'
import { readJsonFile } from './json-file.ts'

const EXTENSIONS = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '/index.js', '/index.mjs', '/index.cjs']

/** The file that a launch starts; undefined where it is not there (not built yet, or another place in the image). */
export function findEntry(
  { folder }: Pick<Service, 'folder'>,
  entry: string | undefined,
): string | undefined {
  if (entry === undefined || /[*$]/.test(entry)) return undefined
  // In an image the folder has another name: its last parts are tried.
  const parts = entry.replace(/^\.\//, '').split('/').filter(Boolean)
  for (let from = 0; from < parts.length; from++) {
    const path = resolve(folder, ...parts.slice(from))
    const found = EXTENSIONS.map(extension => path + extension).find(isFile)
    if (found !== undefined) return found
    if (!entry.startsWith('/')) return undefined
  }
  return undefined
}

function isFile(path: string): boolean {
  return extname(path) !== '' && existsSync(path)
}

/** Whether Node takes a file for an ES module: by its name, else by the nearest package.json. */
export function isModule(file: string): boolean {
  if (/\.m[jt]s$/.test(file)) return true
  if (/\.c[jt]s$/.test(file)) return false
  for (let above = dirname(file); ; above = dirname(above)) {
    const manifest = readJsonFile<{ type?: string }>(join(above, 'package.json'))
    if (manifest !== undefined && manifest !== 'broken') return manifest.value.type === 'module'
    if (dirname(above) === above) return false
  }
}
