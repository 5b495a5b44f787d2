import type { Page } from './read-page.ts'

/** One command with its arguments, as it stands on a page. */
export interface ShellCommand {
  readonly where: string
  readonly words: readonly string[]
}

/** The commands of every shell block of a page, and those that stand within a line and begin with one of `names`. */
export function shellCommands(page: Page, names: readonly string[]): ShellCommand[] {
  const blocks = page.blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ where, text }) => commandsIn(text).map(words => ({ where, words })))
  const inline = page.codes
    .flatMap(({ where, text }) => commandsIn(text).map(words => ({ where, words })))
    .filter(({ words }) => names.includes(words[0]!) && /^[a-z]/.test(words[1] ?? ''))
  return [...blocks, ...inline]
}

/** Words of each command, without comments, variables before it, redirections, and what `$(...)` would run. */
export function commandsIn(text: string): string[][] {
  const commands: string[][] = []
  for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
    let words: string[] = []
    const end = () => {
      const from = words.findIndex(word => !/^[A-Z_]+=/.test(word))
      if (from >= 0) commands.push(words.slice(from))
      words = []
    }
    for (const [token, quoted, bare] of line.matchAll(
      /"([^"]*)"|'[^']*'|(#.*$|&&|\|\||[|;&()]|[^\s'"|;&()]+)/g,
    )) {
      if (bare?.startsWith('#') && !/\S/.test(line[line.indexOf(bare) - 1] ?? ' ')) break
      if (bare !== undefined && /^(&&|\|\||[|;&()])$/.test(bare)) end()
      else words.push(quoted ?? bare ?? token.slice(1, -1))
    }
    end()
  }
  return commands
}
