import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FormatError, type FormatName, formats, type VersionSet } from '@tutti/versions'
import { EXIT, type ExitCode } from '../../arguments/command.ts'
import { Failure } from '../../arguments/failure.ts'
import { print, say } from '../../terminal/print.ts'
import { printable } from '../../terminal/printable.ts'
import { diffText } from './diff-text.ts'
import { rootAbove } from './root-above.ts'

interface Change {
  path: string
  before: string | undefined
  after: string
}

/** Shows how the folders' files differ from the set. Writes all of them, or none where one can't be made. */
export function pinFolders(
  set: VersionSet,
  format: FormatName,
  folders: readonly string[],
  writes: boolean,
): ExitCode {
  const changes = folders
    .map(folder => changeIn(folder, set, format))
    .filter(({ before, after }) => before !== after)
  for (const folder of folders) warnOfWorkspace(folder, format)
  for (const { path, before, after } of changes) print(diffText(path, before, after))
  if (changes.length === 0) {
    say(`${count(folders.length)}: as in the set ${set.name}.`)
    return EXIT.ok
  }
  if (!writes) {
    say(`${count(changes.length)} of ${folders.length} not as in the set ${set.name}. --write mends it.`)
    return EXIT.findings
  }
  for (const { path, after } of changes) write(path, after)
  say(`${count(changes.length)} of ${folders.length} written. ${NEXT[format]}`)
  return EXIT.ok
}

function changeIn(folder: string, set: VersionSet, format: FormatName): Change {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Failure(`${printable(folder)} is no folder. Give the root of a service.`)
  const { file, apply } = formats[format]
  const path = join(folder, file(set))
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  try {
    return { path, before, after: apply(set, before) }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new Failure(`${printable(folder)}: ${error.message} Nothing is written.`)
  }
}

/** What a package manager is told in a workspace it takes no notice of. */
function warnOfWorkspace(folder: string, format: FormatName): void {
  const root = format === 'renovate' || format === 'syncpack' ? undefined : rootAbove(folder)
  if (root !== undefined)
    say(`${printable(folder)} is below ${printable(root)}, whose workspaces take versions from there only.`)
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new Failure(`${printable(path)} can't be written: ${(error as Error).message}.`)
  }
}

function count(folders: number): string {
  return folders === 1 ? '1 folder' : `${folders} folders`
}

const NEXT: Record<FormatName, string> = {
  npm: 'Then: npm install && npm dedupe',
  pnpm: 'Then: pnpm install',
  yarn: 'Then: yarn install',
  renovate: 'Then a service extends it: "extends": ["local><owner>/<repository>:<name of the file>"]',
  syncpack: 'Then: syncpack lint',
}
