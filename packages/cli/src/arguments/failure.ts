/** Why a command can't be done: what happened, why, and the mend. Ends with exit code 2 and one line, no stack. */
export class Failure extends Error {
  /** A further line: whom to ask for help. */
  readonly hint: string | undefined
  constructor(message: string, hint?: string) {
    super(message)
    this.name = 'Failure'
    this.hint = hint
  }
}
