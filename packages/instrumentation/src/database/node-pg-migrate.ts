import { existsSync } from 'node:fs'
import Module from 'node:module'
import { dirname } from 'node:path'

interface LoadResult {
  format: string
  source?: unknown
}
type NextLoad = (url: string, context: unknown) => LoadResult

const { registerHooks } = Module as unknown as {
  registerHooks?: (hooks: { load(url: string, context: unknown, nextLoad: NextLoad): LoadResult }) => {
    deregister(): void
  }
}

const declaration = 'function getMigrationsToRun(options, runNames, migrations)'

/**
 * node-pg-migrate 8 and 9 are ES modules and offer no hook. The one function that compares the files with
 * the table is a declaration, so code after it can put another one in its place. Where Node has no
 * synchronous hooks (Node 20), or the package is not near, nothing is done.
 */
export function hookNodePgMigrate(): () => void {
  if (registerHooks === undefined || !isInstalled()) return () => {}
  const hooks = registerHooks({
    load(url, context, nextLoad) {
      const result = nextLoad(url, context)
      if (!url.includes('/node-pg-migrate/dist/bundle/') || !url.endsWith('.js')) return result
      const text = result.source instanceof Uint8Array ? Buffer.from(result.source).toString() : result.source
      if (typeof text !== 'string' || !text.includes(declaration)) return result
      return { ...result, source: text + published }
    },
  })
  return () => hooks.deregister()
}

/** Runs inside node-pg-migrate, so it may fail at nothing. */
const published = `
;{
  const inner = getMigrationsToRun
  const { channel } = process.getBuiltinModule('node:diagnostics_channel')
  getMigrationsToRun = (options, runNames, migrations) => {
    try {
      const pending = migrations.filter(({ name }) => !runNames.includes(name)).length
      channel('tutti:migrations').publish({ table: options.migrationsTable, applied: runNames.length, pending })
    } catch {}
    return inner(options, runNames, migrations)
  }
}
`

/** A load hook sees every module of the app, so there is none where there is nothing to see. */
function isInstalled(): boolean {
  for (const start of [process.cwd(), dirname(process.argv[1] ?? '/')]) {
    let directory = start
    for (let depth = 0; depth < 50; depth++) {
      if (existsSync(`${directory}/node_modules/node-pg-migrate/package.json`)) return true
      const parent = dirname(directory)
      if (parent === directory) break
      directory = parent
    }
  }
  return false
}
