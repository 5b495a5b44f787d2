import type { Command } from '../../arguments/command.ts'

const SHELLS = ['bash', 'zsh']

export const completion: Command = {
  name: 'completion',
  summary: 'completion for bash or zsh',
  operands: 'bash|zsh',
  maxOperands: 1,
  operandChoices: SHELLS,
  about: 'Prints a script that completes commands, options and their values, and files elsewhere.',
  options: [],
  examples: [
    ['source <(tutti completion bash)', 'in ~/.bashrc'],
    ['source <(tutti completion zsh)', 'in ~/.zshrc, after compinit'],
  ],
  load: () => import('./completion.ts'),
}
