import { type Command, EXIT, type ExitCode } from './arguments/command.ts'
import { COMMANDS } from './arguments/commands.ts'
import { Failure } from './arguments/failure.ts'
import { helpFor, overview } from './arguments/help.ts'
import { parse } from './arguments/parse.ts'
import { suggest } from './arguments/suggest.ts'
import { VERSION } from './arguments/version.ts'
import { print, say } from './terminal/print.ts'

/** Runs what the arguments ask for; the exit code. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<ExitCode> {
  try {
    const [first, ...rest] = args
    switch (first) {
      case undefined:
        say(overview())
        return EXIT.unable
      case '--version':
      case '-v':
        print(VERSION)
        return EXIT.ok
      case '--help':
      case '-h':
        print(overview())
        return EXIT.ok
      case 'help':
        print(rest[0] === undefined ? overview() : helpFor(find(rest[0])))
        return EXIT.ok
      default:
        return await runCommand(find(first), rest, env)
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    say(`tutti: ${error.message}`)
    if (error.hint !== undefined) say(error.hint)
    return EXIT.unable
  }
}

async function runCommand(
  command: Command,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  const given = parse(command, args, env)
  if (given.isOn('help')) {
    print(helpFor(command))
    return EXIT.ok
  }
  const { run: start } = await command.load()
  return start(given)
}

function find(name: string): Command {
  const command = COMMANDS.find(each => each.name === name)
  if (command !== undefined) return command
  const meant = suggest(
    name,
    COMMANDS.map(each => each.name),
  )
  const mend = meant === undefined ? '' : ` Did you mean "tutti ${meant}"?`
  const what = name.startsWith('-') ? 'option' : 'command'
  throw new Failure(`there is no ${what} ${JSON.stringify(name)}.${mend}`, '"tutti help" lists the commands.')
}
