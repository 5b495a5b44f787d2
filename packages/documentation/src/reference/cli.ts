import type { Command, Option } from '../../../cli/src/arguments/command.ts'
import { COMMANDS } from '../../../cli/src/arguments/commands.ts'
import { madeFrom, type ReferencePage } from './page.ts'
import { code, table } from './table.ts'

/** docs/reference/cli.md, from the table that `tutti` itself parses, helps and completes by. */
export function cliPage(): ReferencePage {
  return {
    path: 'docs/reference/cli.md',
    text: `${madeFrom("the commands' descriptions in packages/cli/src/commands")}

# The command line

\`\`\`sh
npm install --save-dev @tutti/cli
npx tutti help
\`\`\`

${table(
  ['command', 'what it does'],
  COMMANDS.map(({ name, summary }) => [`[${code(name)}](#tutti-${name})`, summary]),
)}

\`tutti help <command>\` says the same in the terminal; \`tutti --version\` the version. Exit codes: 0 done, 1 something was
found amiss, 2 it could not be done, and one line on stderr says why. What a source is, and how it all looks:
[packages/cli](../../packages/cli/README.md).

${COMMANDS.map(describeCommand).join('\n\n')}
`,
  }
}

function describeCommand({ name, operands, about, options, examples }: Command): string {
  return `## tutti ${name}

\`\`\`text
${`tutti ${name} ${operands}`.trim()} [options]
\`\`\`

${plain(about.trim())}

${options.length > 0 ? table(['option', 'or the variable', 'default', ''], options.map(describeOption)) : 'It has no options.'}

\`\`\`sh
${examples.map(([line, what]) => `${line.padEnd(56)} # ${what}`).join('\n')}
\`\`\``
}

function describeOption({ name, short, value, many, choices, variable, fallback, help }: Option): string[] {
  const long = `--${name}${value ? ` ${value}` : ''}`
  return [
    [short && code(`-${short}`), code(long)].filter(Boolean).join(', ') + (many ? ', several times' : ''),
    variable ? code(variable) : '',
    fallback === undefined ? '' : code(fallback),
    choices ? `${plain(help)} One of ${choices.map(code).join(', ')}.` : plain(help),
  ]
}

/** As it reads in the terminal, where a star is a star. */
function plain(text: string): string {
  return text.replaceAll(/[*<]/g, '\\$&')
}
