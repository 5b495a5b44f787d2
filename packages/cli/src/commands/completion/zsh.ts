import type { Command, Option } from '../../arguments/command.ts'
import { HELP } from '../../arguments/parse.ts'

export function zshScript(commands: readonly Command[]): string {
  const described = commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`)
  return `#compdef tutti
# zsh completion for tutti: source <(tutti completion zsh)
_tutti() {
  local -a commands
  commands=(
${described.join('\n')}
    'help:what a command takes'
  )
  if (( CURRENT == 2 )); then
    _describe -t commands 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
  help) _describe -t commands 'command' commands ;;
${commands.map(caseOf).join('\n')}
  esac
}
if [ "$funcstack[1]" = _tutti ]; then _tutti "$@"; else compdef _tutti tutti; fi
`
}

function caseOf({ name, options, operandChoices }: Command): string {
  const specs = [...options, HELP].flatMap(specsOf)
  const operand = operandChoices === undefined ? '*:source:_files' : `1:value:(${operandChoices.join(' ')})`
  return `  ${name}) _arguments ${[...specs, operand].map(quote).join(' ')} ;;`
}

/** As \`_arguments\` has it: \`--name[help]:value:(choices)\`. */
function specsOf({ name, short, value, choices, many, help }: Option): string[] {
  const action = choices === undefined ? '_files' : `(${choices.join(' ')})`
  const tail = `[${escaped(help)}]${value === undefined ? '' : `:${escaped(value)}:${action}`}`
  return [`--${name}`, ...(short ? [`-${short}`] : [])].map(flag => `${many ? '*' : ''}${flag}${tail}`)
}

function escaped(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, '\\$&')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
