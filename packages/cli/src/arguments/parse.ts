import { parseArgs } from 'node:util'
import type { Command, Option } from './command.ts'
import { Failure } from './failure.ts'
import { Given, type GivenValues } from './given.ts'
import { suggest } from './suggest.ts'

export const HELP: Option = { name: 'help', short: 'h', help: 'This help.' }

/** Reads a command's arguments. Throws {@link Failure} with a suggestion for what it doesn't have. */
export function parse(command: Command, args: readonly string[], env: NodeJS.ProcessEnv): Given {
  const options = [...command.options, HELP]
  const config = Object.fromEntries(options.map(option => [option.name, configOf(option)]))
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: config, allowPositionals: true })
    if (positionals.length > command.maxOperands)
      throw new Failure(`${JSON.stringify(positionals[command.maxOperands])} is one argument too many.`)
    return new Given(positionals, values as GivenValues, options, env)
  } catch (error) {
    throw new Failure(
      explain(error as NodeJS.ErrnoException, options),
      `"tutti help ${command.name}" tells what it takes.`,
    )
  }
}

function configOf({ value, short, many = false }: Option) {
  const type = value === undefined ? ('boolean' as const) : ('string' as const)
  return { type, multiple: many, ...(short !== undefined && { short }) }
}

function explain({ code, message }: NodeJS.ErrnoException, options: readonly Option[]): string {
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const [, dashes = '--', name = ''] = /'(-{1,2})([^']*)'/.exec(message) ?? []
    const meant = suggest(
      name,
      options.map(option => option.name),
    )
    return `there is no option ${dashes}${name}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`
  }
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return message
  const name = /--([\w-]+)/.exec(message)?.[1]
  const option = options.find(each => each.name === name)
  return option?.value === undefined
    ? `--${name} takes no value.`
    : `--${name} needs a value: --${name} ${option.value}. One that begins with a dash is written --${name}=-…`
}
