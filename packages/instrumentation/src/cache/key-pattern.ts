import { BoundedCache } from '../bounded-cache.ts'
import { derivePattern } from './derive-pattern.ts'

const maxPatterns = 100
const maxPrefixes = 20
const maxKeyCharacters = 256

/** What is kept for a key's pattern. `prefix` is a part of the key that the app's code configures. */
export type KeyPattern<Kept> = (key: unknown, prefix?: string) => Kept

/**
 * Patterns by `TUTTI_CACHE_KEY_PATTERNS`: a list (`user:*:profile,session:*`; the first that fits counts, any
 * other key is `other`), `none` for no patterns at all, or nothing, in which case they are derived.
 *
 * @param create makes what is kept for a pattern, once for each; undefined where no patterns are wanted.
 */
export function createKeyPattern<Kept extends object | string>(
  env: NodeJS.ProcessEnv,
  create: (pattern: string | undefined) => Kept,
): KeyPattern<Kept> {
  const text = env.TUTTI_CACHE_KEY_PATTERNS?.trim()
  if (text === 'none') {
    const kept = create(undefined)
    return () => kept
  }
  const keep = keepLimited(create)
  if (text)
    return listedPatterns(
      text
        .split(',')
        .map(pattern => pattern.trim())
        .filter(Boolean),
      keep,
    )
  return derivedPatterns(keep)
}

/** The same of the same pattern; of one too many, that of `other`, which is not counted with them. */
function keepLimited<Kept>(create: (pattern: string) => Kept): (pattern: string) => Kept {
  const keptByPattern = new Map<string, Kept>()
  let other: Kept | undefined
  return pattern => {
    const kept = keptByPattern.get(pattern)
    if (kept !== undefined) return kept
    if (pattern === 'other' || keptByPattern.size >= maxPatterns) {
      other ??= create('other')
      return other
    }
    const made = create(pattern)
    keptByPattern.set(pattern, made)
    return made
  }
}

function listedPatterns<Kept extends object | string>(
  patterns: string[],
  keep: (pattern: string) => Kept,
): KeyPattern<Kept> {
  const known = patterns.slice(0, maxPatterns).map(pattern => ({ pattern, expression: readGlob(pattern) }))
  const cache = new BoundedCache<Kept>(1_000)
  return key => {
    if (typeof key !== 'string' || key.length > maxKeyCharacters) return keep('other')
    let kept = cache.get(key)
    if (kept === undefined) {
      kept = keep(known.find(({ expression }) => expression.test(key))?.pattern ?? 'other')
      cache.set(key, kept)
    }
    return kept
  }
}

function readGlob(pattern: string): RegExp {
  const parts = pattern.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}

function derivedPatterns<Kept extends object | string>(keep: (pattern: string) => Kept): KeyPattern<Kept> {
  const derive = derivePattern('', keep)
  const deriveByPrefix = new Map<string, (key: string, from: number) => Kept>()

  function read(key: string, prefix: string): Kept {
    if (prefix === '' || !key.startsWith(prefix)) return derive(key, 0)
    let deriveRest = deriveByPrefix.get(prefix)
    if (deriveRest === undefined) {
      if (deriveByPrefix.size >= maxPrefixes) return derive(key, 0)
      deriveRest = derivePattern(prefix, keep)
      deriveByPrefix.set(prefix, deriveRest)
    }
    return deriveRest(key, prefix.length)
  }

  return (key, prefix = '') =>
    typeof key === 'string' && key.length <= maxKeyCharacters ? read(key, prefix) : keep('*')
}
