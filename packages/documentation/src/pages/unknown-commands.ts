import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { COMMANDS } from '../../../cli/src/arguments/commands.ts'
import { parse } from '../../../cli/src/arguments/parse.ts'
import { repository } from '../repository.ts'
import type { Page } from './read-page.ts'
import { OWN_SCRIPTS } from './reader-names.ts'
import { type ShellCommand, shellCommands } from './shell-commands.ts'

/** `npm run` of scripts and `tutti` commands, options included, that there are not; each as a line that says which. */
export function unknownCommands(pages: readonly Page[]): string[] {
  const scripts = scriptsByWorkspace()
  return pages
    .flatMap(page => shellCommands(page, ['npm', 'npx', 'tutti']))
    .flatMap(command => {
      const problem = unknownScript(command, scripts) ?? unknownTutti(command)
      return problem === undefined ? [] : [`${command.where}: ${problem}`]
    })
}

/** The scripts of each workspace by its name, the root's by ''. */
function scriptsByWorkspace(): Map<string, string[]> {
  const folders = ['packages', 'apps'].flatMap(group =>
    readdirSync(join(repository, group)).map(name => `${group}/${name}`),
  )
  const manifests = ['', ...folders].map(folder => {
    const { name, scripts = {} } = JSON.parse(readFileSync(join(repository, folder, 'package.json'), 'utf8'))
    return [folder === '' ? '' : name, Object.keys(scripts)] as const
  })
  return new Map(manifests)
}

function unknownScript({ words }: ShellCommand, scripts: Map<string, string[]>): string | undefined {
  if (words[0] !== 'npm' || words[1] !== 'run') return undefined
  const options = words.includes('--') ? words.slice(2, words.indexOf('--')) : words.slice(2)
  const at = options.findIndex(word => word === '--workspace' || word === '-w')
  const workspace = at < 0 ? undefined : options[at + 1]!
  const [script] = options.filter((word, index) => !word.startsWith('-') && (at < 0 || index !== at + 1))
  // In a package's own README a script may be that package's, "in packages/preload" another's.
  const known = workspace === undefined ? [...scripts.values()].flat() : scripts.get(workspace)
  if (known === undefined) return `there is no workspace ${workspace}`
  return script !== undefined && [...known, ...OWN_SCRIPTS].includes(script)
    ? undefined
    : `there is no script ${script}`
}

function unknownTutti({ words }: ShellCommand): string | undefined {
  const rest = words[0] === 'npx' ? words.slice(1) : words
  if (!/^(\S*\/)?tutti$/.test(rest[0] ?? '')) return undefined
  const [, name, ...args] = rest
  if (name === undefined || name.startsWith('-') || name === 'help') return undefined
  const command = COMMANDS.find(each => each.name === name)
  if (command === undefined) return `there is no command "tutti ${name}"`
  try {
    parse(command, args.filter(isWritten), {})
    return undefined
  } catch (error) {
    return `"tutti ${[name, ...args].join(' ')}": ${(error as Error).message}`
  }
}

/** Not what stands for something else: `<source>`, `...`, `2>file`. */
function isWritten(word: string): boolean {
  return !/^(<.*|\d?>.*|\.\.\.|…|\[.*)$/.test(word)
}
