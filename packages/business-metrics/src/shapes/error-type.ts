import { messageOf } from '../shared/pulse.ts'
import { note } from '../shared/state.ts'

/** What an error counts as: what the author's function says, else its `code` or its name. Never throws. */
export function errorTypeOf(metric: string, error: unknown, classify?: (error: unknown) => string): string {
  if (classify !== undefined) {
    try {
      return classify(error)
    } catch (thrown) {
      note('callback', metric, () => `errorType failed (${messageOf(thrown)}).`)
    }
  }
  try {
    const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
    if (isWord(code)) return code
    if (isWord(name)) return name
  } catch {
    // An error that can't be looked at is one all the same.
  }
  return 'unknown'
}

/** `ECONNREFUSED`, `42P01`, `TypeError`; not a message. */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_.]{2,50}$/.test(value)
}
