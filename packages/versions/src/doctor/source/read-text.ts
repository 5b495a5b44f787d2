import { readFileSync, statSync } from 'node:fs'

/** Larger files are none that people write; lock files of large repositories are. */
const MAX_BYTES = 1 << 26

/** A file's text; undefined where there is none that can be read. */
export function readText(path: string): string | undefined {
  try {
    if (statSync(path).size > MAX_BYTES) return undefined
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** The line, from 1, that an offset lies in. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
