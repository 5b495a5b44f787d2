import { readText, type Warn } from './variables.ts'

const variable = 'OTEL_RESOURCE_ATTRIBUTES'

/** `key=value` pairs between commas, values percent-encoded; one that is malformed discards them all. */
export function readResourceAttributes(env: NodeJS.ProcessEnv, warn: Warn): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [index, pair] of (readText(env, variable)?.split(',') ?? []).entries()) {
    if (pair.trim() === '') continue
    const equals = pair.indexOf('=')
    const key = pair.slice(0, equals).trim()
    const value = decode(pair.slice(equals + 1).trim())
    if (equals < 0 || key === '' || value === undefined) {
      // Values may be secret, so the place is named and not the text.
      warn(
        `${variable}: pair ${index + 1} is not key=value; using none of them. ` +
          'Separate pairs by commas and percent-encode commas and percent signs in values.',
      )
      return {}
    }
    attributes[key] = value
  }
  return attributes
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
