import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Failure } from '../../arguments/failure.ts'

export type Monitoring = typeof import('@tutti/monitoring')

const NAME = '@tutti/monitoring'

/**
 * The package that makes the files: the one of the project that this runs in, else one beside this command. A sidecar
 * has no use for it, so this package does not depend on it.
 */
export async function loadMonitoring(): Promise<Monitoring> {
  for (const base of [pathToFileURL(join(process.cwd(), 'package.json')).href, import.meta.url]) {
    const path = resolved(base)
    if (path !== undefined) return import(pathToFileURL(path).href)
  }
  throw new Failure(
    `${NAME} is not installed here. Install it: npm install --save-dev ${NAME}. ` +
      `Or once: npx --package @tutti/cli --package ${NAME} tutti rules ...`,
  )
}

function resolved(base: string): string | undefined {
  try {
    return createRequire(base).resolve(NAME)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined
    throw new Failure(`${NAME} can't be loaded: ${(error as Error).message}. Is it installed as a whole?`)
  }
}
