import { ConfigurationError } from './configuration-error.ts'

/**
 * One mapping of the file. Every key that is asked for is known; {@link end} refuses all others, as the
 * exporter-toolkit does, so that a misspelt protection is never silently none. Every scalar is text, whatever YAML
 * would make of it: a user may be called `on` or `123`.
 */
export class Section {
  readonly #file: string
  readonly #path: string
  readonly #values: ReadonlyMap<unknown, unknown>
  readonly #known: Set<unknown> = new Set()

  constructor(file: string, path: string, value: unknown) {
    this.#file = file
    this.#path = path
    this.#values = isAbsent(value) ? new Map() : (value as ReadonlyMap<unknown, unknown>)
    if (!(this.#values instanceof Map))
      throw new ConfigurationError(file, path || 'the file', 'is not a mapping', 'Write keys and values')
  }

  get isEmpty(): boolean {
    return this.#values.size === 0
  }

  has(key: string): boolean {
    return this.#values.has(key)
  }

  section(key: string): Section {
    return new Section(this.#file, this.#name(key), this.#take(key))
  }

  text(key: string): string | undefined {
    const value = this.#take(key)
    if (isAbsent(value)) return undefined
    if (typeof value !== 'string') throw this.error(key, 'is not text', 'Write one value')
    return value
  }

  boolean(key: string, otherwise: boolean): boolean {
    const text = this.text(key)
    if (text === undefined) return otherwise
    if (/^(true|yes|on)$/i.test(text)) return true
    if (/^(false|no|off)$/i.test(text)) return false
    throw this.error(key, `is ${JSON.stringify(text)}`, 'Write true or false')
  }

  list(key: string): string[] {
    const value = this.#take(key)
    if (isAbsent(value)) return []
    if (!Array.isArray(value) || value.some(each => typeof each !== 'string'))
      throw this.error(key, 'is not a list of text', 'Write one "- value" a line')
    return value as string[]
  }

  choice<T>(key: string, text: string, choices: Readonly<Record<string, T>>): T {
    if (Object.hasOwn(choices, text)) return choices[text]
    const names = Object.keys(choices).join(', ')
    throw this.error(key, `is ${JSON.stringify(text)}`, `Use one of ${names}`)
  }

  /** All keys with their text: where the keys are the user's own. */
  texts(): Map<string, string> {
    const keys = [...this.#values.keys()].map(String)
    return new Map(keys.map(key => [key, this.text(key) ?? '']))
  }

  end(): void {
    for (const key of this.#values.keys()) {
      if (this.#known.has(key)) continue
      const known = [...this.#known].join(', ')
      throw this.error(String(key), 'is not a known key', `Remove it, or use one of ${known}`)
    }
  }

  error(key: string, problem: string, mend: string): ConfigurationError {
    return new ConfigurationError(this.#file, this.#name(key), problem, mend)
  }

  #take(key: string): unknown {
    this.#known.add(key)
    return this.#values.get(key)
  }

  #name(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`
  }
}

/** A key without a value is a key that is not there, as in the exporter-toolkit. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
