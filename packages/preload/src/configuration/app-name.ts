import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The name in the nearest package.json above the script, or above the current folder where there is none. A script that
 * was installed starts an app (`tsx server.ts`, `next start`), so there the folder it is started in comes first.
 */
export function readAppName(
  script: string | undefined,
  currentFolder: string = process.cwd(),
): string | undefined {
  if (script === undefined) return readNameAbove(currentFolder)
  const isInstalled = /[\\/]node_modules[\\/]/.test(script)
  return (isInstalled ? readNameAbove(currentFolder) : undefined) ?? readNameAbove(dirname(script))
}

function readNameAbove(start: string): string | undefined {
  let folder = start
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
