import { EXIT, type ExitCode } from '../../arguments/command.ts'
import { COMMANDS } from '../../arguments/commands.ts'
import { Failure } from '../../arguments/failure.ts'
import type { Given } from '../../arguments/given.ts'
import { print } from '../../terminal/print.ts'
import { bashScript } from './bash.ts'
import { zshScript } from './zsh.ts'

export async function run({ operands: [shell] }: Given): Promise<ExitCode> {
  switch (shell) {
    case 'bash':
      print(bashScript(COMMANDS))
      return EXIT.ok
    case 'zsh':
      print(zshScript(COMMANDS))
      return EXIT.ok
    default:
      throw new Failure(
        `${shell === undefined ? 'no shell is named' : `${JSON.stringify(shell)} is not known`}. Give bash or zsh.`,
      )
  }
}
