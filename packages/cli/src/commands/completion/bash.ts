import type { Command } from '../../arguments/command.ts'
import { HELP } from '../../arguments/parse.ts'

/** Plain bash, without the package bash-completion. Needs 3.2, as on macOS. */
export function bashScript(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name)
  return `# bash completion for tutti: source <(tutti completion bash)
_tutti() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} words=
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${[...names, 'help', '--help', '--version'].join(' ')}'
  else
    case "\${COMP_WORDS[1]} $before" in
${commands.flatMap(valueCases).join('\n')}
    *)
      case "\${COMP_WORDS[1]}" in
      help) words='${names.join(' ')}' ;;
${commands.map(optionCase).join('\n')}
      esac
      ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -o bashdefault -F _tutti tutti
`
}

/** After an option that takes a value. Without choices nothing is offered, and bash offers files. */
function valueCases({ name, options }: Command): string[] {
  return options
    .filter(({ value }) => value !== undefined)
    .map(option => {
      const written = [`--${option.name}`, ...(option.short ? [`-${option.short}`] : [])]
      return `    ${written.map(each => `'${name} ${each}'`).join(' | ')}) words='${(option.choices ?? []).join(' ')}' ;;`
    })
}

/** Options are offered once a dash is there; what the operands can be, before. */
function optionCase({ name, options, operandChoices = [] }: Command): string {
  const flags = [...options, HELP].map(option => `--${option.name}`).join(' ')
  return `      ${name}) case "$word" in -*) words='${flags}' ;; *) words='${operandChoices.join(' ')}' ;; esac ;;`
}
