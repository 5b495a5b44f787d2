import { heading } from '../terminal/style.ts'
import type { Command, Option } from './command.ts'
import { COMMANDS } from './commands.ts'
import { HELP } from './parse.ts'

/** What `tutti --help` says. */
export function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  return `${heading('tutti')}: the metrics of a Node service, in the terminal.

${heading('Usage')}
  tutti <command> [arguments]

${heading('Commands')}
${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}

  tutti help <command>   what a command takes, with examples
  tutti --version        the version

A <source> is the name of a running service, a directory, a URL, a file with a page, or - for standard input.
Left out it is TUTTI_DIR, else the one service that runs here.

Exit codes: 0 done, 1 something was found amiss, 2 it could not be done.
`
}

/** What `tutti help <command>` says. */
export function helpFor(command: Command): string {
  const { name, operands, about, options, examples } = command
  return `${heading(`tutti ${name}`)}: ${command.summary}

${heading('Usage')}
  tutti ${[name, operands, '[options]'].filter(Boolean).join(' ')}

${about.trim()}

${heading('Options')}
${[...options, HELP].map(describeOption).join('\n')}

${heading('Examples')}
${examples.map(([line, what]) => `  ${line}\n      ${what}`).join('\n')}
`
}

function describeOption(option: Option): string {
  const { name, short, value, many, help, choices, fallback, variable } = option
  const head = `  ${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}${many ? ' ...' : ''}`
  const notes = [
    choices && `one of ${choices.join(', ')}`,
    fallback && `default ${fallback}`,
    variable && `or ${variable}`,
  ].filter(Boolean)
  return `${head}\n      ${help}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`
}
