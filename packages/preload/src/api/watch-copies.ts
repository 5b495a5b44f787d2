import type { ModuleHook } from '@tutti/instrumentation'
import { letRegister } from './let-register.ts'
import { getRegistered } from './registry.ts'

/** Only the API has files of these names: the first since 1.10, the second before. */
const FILES = ['dist/internal/global-utils.cjs', 'build/src/internal/global-utils.js']
const NAME = '@opentelemetry/api'

/**
 * Tells of copies of the API that record nothing, silently: a copy uses what is registered only if its own version is
 * not a later one, and of the same major (the API's `internal/semver`). Copies that are older are fine, however many
 * there are. Nothing is looked for: a copy is noticed when it is loaded.
 */
export function watchApiCopies(hook: Pick<ModuleHook, 'onLoad'>, warn: (line: string) => void): void {
  for (const file of FILES) {
    hook.onLoad(NAME, file, (exports, { directory, version }) => {
      const registered = getRegistered()?.version
      if (registered === undefined) return
      if (canUse(version(), registered)) return letRegister(exports, version())
      const what = `${NAME} ${version()} of ${ownerOf(directory)} (${directory})`
      const mend = 'Install one version for all: npm ls @opentelemetry/api shows who wants which'
      warn(`${what} can't use the ${registered} that is registered: what it records is lost. ${mend}.`)
    })
  }
}

/** As the API decides it. */
export function canUse(own: string, registered: string): boolean {
  if (own === registered) return true
  const [mine, theirs] = [own, registered].map(version => /^(\d+)\.(\d+)\.\d+$/.exec(version))
  if (!mine || !theirs) return false
  return mine[1] === theirs[1] && Number(mine[2]) <= Number(theirs[2])
}

/** The package in whose node_modules it lies. */
function ownerOf(directory: string): string {
  const above = directory.slice(0, -`/node_modules/${NAME}`.length)
  const [, owner] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(above) ?? []
  return owner ?? 'the app'
}
