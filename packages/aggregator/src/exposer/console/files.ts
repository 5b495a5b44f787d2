import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface ConsoleFile {
  readonly body: Buffer
  readonly contentType: string
  /** Compressed when it was built: nothing is compressed here. */
  readonly isGzip: boolean
  /** Its name changes with what is in it. */
  readonly isLasting: boolean
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
}

/** A file of the console, by its place below `/`; undefined when there is none, or the package is not installed. */
export async function readConsoleFile(
  path: string,
  acceptsGzip: boolean,
  findConsole: () => string | undefined = findInstalled,
): Promise<ConsoleFile | undefined> {
  const name = path === '/' ? 'index.html' : /^\/(-\/console\/[\w-]+\.[a-z]+)$/.exec(path)?.[1]
  const contentType = TYPES[name?.split('.').at(-1) ?? '']
  const folder = findConsole()
  if (name === undefined || contentType === undefined || folder === undefined) return undefined
  const isLasting = name !== 'index.html'
  const read = async (file: string, isGzip: boolean) => {
    const body = await readFile(join(folder, file)).catch(() => undefined)
    return body && { body, contentType, isGzip, isLasting }
  }
  return (acceptsGzip ? await read(`${name}.gz`, true) : undefined) ?? (await read(name, false))
}

/** Beside this package, or where the app installed it. Looked for each time: it may be installed meanwhile. */
function findInstalled(): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), 'app.js')]) {
    try {
      return join(dirname(createRequire(from).resolve('@tutti/console/package.json')), 'dist', 'app')
    } catch {
      // Not there.
    }
  }
  return undefined
}
