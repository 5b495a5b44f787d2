import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The name in the nearest package.json above the script, or above the current folder where there is none. */
export function readAppName(script: string | undefined): string | undefined {
  let folder = script === undefined ? process.cwd() : dirname(script)
  for (;;) {
    const name = readName(join(folder, 'package.json'))
    if (name !== undefined) return name
    const parent = dirname(folder)
    if (parent === folder) return undefined
    folder = parent
  }
}

function readName(file: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }
    return typeof name === 'string' && name !== '' ? name : undefined
  } catch {
    return undefined
  }
}
