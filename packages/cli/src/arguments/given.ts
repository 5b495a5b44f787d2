import type { Option } from './command.ts'
import { Failure } from './failure.ts'

export type GivenValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

/** What the command line, and the environment behind it, say. An empty variable is no variable. */
export class Given {
  readonly operands: readonly string[]
  readonly #options: readonly Option[]
  readonly #values: GivenValues
  readonly #env: NodeJS.ProcessEnv

  constructor(
    operands: readonly string[],
    values: GivenValues,
    options: readonly Option[],
    env: NodeJS.ProcessEnv,
  ) {
    this.operands = operands
    this.#values = values
    this.#options = options
    this.#env = env
  }

  /** Throws {@link Failure} for a value that is none of the option's choices. */
  text(name: string): string | undefined {
    return this.#chosen(name).at(-1)
  }

  /** Throws {@link Failure} for a value that is none of the option's choices. */
  list(name: string): readonly string[] {
    return this.#chosen(name)
  }

  isOn(name: string): boolean {
    if (this.#values[name] !== undefined) return this.#values[name] === true
    const value = this.#variable(name)?.toLowerCase()
    if (value === undefined || value === 'false') return false
    if (value === 'true') return true
    throw new Failure(`${this.#source(name)} is neither true nor false. Set it to one of them.`)
  }

  /** Throws {@link Failure} for what is no number between the two. */
  number(
    name: string,
    { min, max, whole = true }: { min: number; max: number; whole?: boolean },
  ): number | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    const number = Number(value)
    const fits = number >= min && number <= max && (!whole || Number.isInteger(number))
    if (value.trim() !== '' && fits) return number
    const kind = whole ? 'whole number' : 'number'
    throw new Failure(
      `${this.#source(name)} is ${JSON.stringify(value)}. Give a ${kind} from ${min} to ${max}.`,
    )
  }

  #chosen(name: string): string[] {
    const choices = this.#options.find(each => each.name === name)?.choices
    return this.#said(name).map(value => {
      const known = choices?.find(each => each.toLowerCase() === value.toLowerCase())
      if (choices === undefined || known !== undefined) return known ?? value
      throw new Failure(
        `${this.#source(name)} is ${JSON.stringify(value)}. Give one of ${choices.join(', ')}.`,
      )
    })
  }

  #said(name: string): string[] {
    const value = this.#values[name]
    if (Array.isArray(value)) return value.map(String)
    if (typeof value === 'string') return [value]
    const variable = this.#variable(name)
    if (variable === undefined) return []
    const isMany = this.#options.find(each => each.name === name)?.many
    return isMany ? variable.split(',').map(each => each.trim()) : [variable]
  }

  #variable(name: string): string | undefined {
    const variable = this.#options.find(each => each.name === name)?.variable
    return variable === undefined ? undefined : this.#env[variable]?.trim() || undefined
  }

  /** Who said it: the option, or the variable. */
  #source(name: string): string {
    if (this.#values[name] !== undefined) return `--${name}`
    return this.#options.find(each => each.name === name)?.variable ?? `--${name}`
  }
}
