/** So many different words may stand in one place of a key before that place is taken for identities. */
const maxFirstWords = 50
const maxPropertyWords = 8
const maxPlaces = 200
const maxSegments = 8

const word = /^[a-z][a-z_-]{0,31}$/i
const version = /^v\d{1,2}$/

/**
 * `user:123:profile` -> `user:*:profile`. A key holds data of users wherever code does not write it, and a
 * name looks like any word, so only two places may show a word: the first, where it says what kind of thing
 * this is, and the one after something that is an identity without doubt (it has a digit, an `@`, is a hash),
 * where it says which property. A place that shows too many different words shows none any more.
 * `session:alice` is `session:*`, `alice` alone is `*`.
 */
export function derivePattern(): (key: string) => string {
  const firstWords = new Set<string>()
  const propertyWords = new Map<string, Set<string>>()

  function isFirstWord(segment: string): boolean {
    if (!isWord(segment)) return false
    if (firstWords.has(segment)) return true
    if (firstWords.size >= maxFirstWords) return false
    firstWords.add(segment)
    return true
  }

  function isProperty(before: string, segment: string): boolean {
    if (!isWord(segment)) return false
    let words = propertyWords.get(before)
    if (words === undefined) {
      if (propertyWords.size >= maxPlaces) return false
      words = new Set()
      propertyWords.set(before, words)
    }
    if (words.size < maxPropertyWords) words.add(segment)
    return words.size < maxPropertyWords
  }

  return key => {
    // Braces only say which part of a key a cluster hashes.
    const segments = (key.includes('{') ? key.replaceAll(/[{}]/g, '') : key).split(
      /([:/|#])/,
      maxSegments * 2,
    )
    if (segments.length < 3 || !isFirstWord(segments[0]!)) return '*'
    let pattern = segments[0]!
    for (let index = 2; index < segments.length; index += 2) {
      const separator = segments[index - 1]!
      const follows = index > 2 && isIdentity(segments[index - 2]!)
      if (follows && isProperty(pattern, segments[index]!)) pattern += separator + segments[index]
      else if (!pattern.endsWith('*')) pattern += `${separator}*`
    }
    return pattern
  }
}

function isWord(segment: string): boolean {
  return version.test(segment) || (word.test(segment) && !isHash(segment))
}

/** An identity by its looks alone; a name is one too, but looks like a word. */
function isIdentity(segment: string): boolean {
  return (/[\d@]/.test(segment) && !version.test(segment)) || isHash(segment)
}

function isHash(segment: string): boolean {
  return segment.length >= 8 && /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(segment)
}
