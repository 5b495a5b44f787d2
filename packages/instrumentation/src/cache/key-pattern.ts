import { BoundedCache } from '../bounded-cache.ts'
import { derivePattern } from './derive-pattern.ts'

const maxPatterns = 100
const maxPrefixes = 20
const maxKeyCharacters = 256

/** A key's pattern; undefined where none is wanted. `prefix` is a part of the key that the app's code configures. */
export type KeyPattern = (key: unknown, prefix?: string) => string | undefined

/**
 * Patterns by `TUTTI_CACHE_KEY_PATTERNS`: a list (`user:*:profile,session:*`; the first that fits counts, any
 * other key is `other`), `none` for no patterns at all, or nothing, in which case they are derived.
 */
export function createKeyPattern(env: NodeJS.ProcessEnv): KeyPattern {
  const text = env.TUTTI_CACHE_KEY_PATTERNS?.trim()
  if (text === 'none') return () => undefined
  if (text)
    return listedPatterns(
      text
        .split(',')
        .map(pattern => pattern.trim())
        .filter(Boolean),
    )
  return derivedPatterns()
}

function listedPatterns(patterns: string[]): KeyPattern {
  const known = patterns.slice(0, maxPatterns).map(pattern => ({ pattern, expression: readGlob(pattern) }))
  const cache = new BoundedCache<string>(1_000)
  return key => {
    if (typeof key !== 'string' || key.length > maxKeyCharacters) return 'other'
    let pattern = cache.get(key)
    if (pattern === undefined) {
      pattern = known.find(({ expression }) => expression.test(key))?.pattern ?? 'other'
      cache.set(key, pattern)
    }
    return pattern
  }
}

function readGlob(pattern: string): RegExp {
  const parts = pattern.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}

function derivedPatterns(): KeyPattern {
  const patterns = new Set<string>()
  const derive = derivePattern()
  const deriveByPrefix = new Map<string, (key: string) => string>()

  function read(key: string, prefix: string): string {
    if (prefix === '' || !key.startsWith(prefix)) return derive(key)
    let deriveRest = deriveByPrefix.get(prefix)
    if (deriveRest === undefined) {
      if (deriveByPrefix.size >= maxPrefixes) return derive(key)
      deriveRest = derivePattern(prefix)
      deriveByPrefix.set(prefix, deriveRest)
    }
    return deriveRest(key.slice(prefix.length))
  }

  return (key, prefix = '') => {
    if (typeof key !== 'string' || key.length > maxKeyCharacters) return '*'
    const pattern = read(key, prefix)
    if (patterns.has(pattern)) return pattern
    if (patterns.size >= maxPatterns) return 'other'
    patterns.add(pattern)
    return pattern
  }
}
