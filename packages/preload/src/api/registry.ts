/** Where every copy of the API looks for what is registered (`internal/global-utils` in the API's source). */
const KEY: symbol = Symbol.for('opentelemetry.js.api.1')

/** What is registered with the API, by whichever copy. */
export interface Registered {
  /** That of the copy which registered first: the others compare it with their own. */
  version?: string
  metrics?: object
}

const globals = globalThis as Record<symbol, Registered | undefined>

export function getRegistered(): Registered | undefined {
  return globals[KEY]
}

export function setRegistered(registered: Registered): void {
  globals[KEY] = registered
}
