import type { Given } from './given.ts'

/** One option of a command. Parsing, help and completion are all made from it. */
export interface Option {
  readonly name: string
  readonly short?: string
  /** What stands for its value in the help; absent: a switch. */
  readonly value?: string
  readonly choices?: readonly string[]
  /** It may be given several times. */
  readonly many?: boolean
  /** The variable that says the same where the option is not given. */
  readonly variable?: string
  readonly fallback?: string
  readonly help: string
}

export interface Command {
  readonly name: string
  /** One line, in the list of commands. */
  readonly summary: string
  /** How its operands are written. */
  readonly operands: string
  readonly maxOperands: number
  /** Operands that completion can offer. */
  readonly operandChoices?: readonly string[]
  readonly about: string
  readonly options: readonly Option[]
  readonly examples: readonly (readonly [line: string, what: string])[]
  /** Loads what does the work, which `tutti --help` has no need of. */
  load(): Promise<{ run(given: Given): Promise<ExitCode> }>
}

/** `ok`: done. `findings`: done, and something is amiss. `unable`: not done; the line on stderr says why. */
export const EXIT = { ok: 0, findings: 1, unable: 2 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
