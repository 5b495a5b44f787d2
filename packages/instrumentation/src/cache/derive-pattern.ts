import { createProof } from './proof.ts'
import { type Look, Segment } from './segment.ts'

/** So many different words may stand in one place of a key before that place is taken for identities. */
const maxFirstWords = 50
const maxPropertyWords = 8
const maxPlaces = 500
const maxSegments = 8

/** The pattern of the part of a key that was read so far, and where it can go on. */
interface Place {
  pattern: string
  /** Whether the pattern ends with `*`, behind which no other is written. */
  isHidden: boolean
  /** The words that can follow, few enough to be compared in place: cutting them out of each key costs more. */
  words: { text: string; place: Place }[]
  /** What follows, if it shows nothing and is separated by a colon; the way that nearly every key goes. */
  hidden: Place | undefined
  spoilt: boolean
}

/**
 * `user:123:profile` -> `user:*:profile`. A key holds data of users wherever code does not write it, and a
 * name looks like any word, so only two places may show a word: the first, where it says what kind of thing
 * this is, and the one after something that is an identity without doubt (it has a digit, an `@`, is a hash),
 * where it says which property. A first word has to be proven, by an identity or by many parts after it; a
 * place that shows too many different words shows none any more. `alice` alone is `*`. No text is made of a
 * pattern that is known.
 */
export function derivePattern(prefix = ''): (key: string) => string {
  const nothing = `${prefix}*`
  const start = createPlace(prefix)
  const prove = createProof()
  const segment = new Segment()
  let places = 0

  function add(from: Place, text: string, maxWords: number): Place | undefined {
    if (from.words.length >= maxWords || places >= maxPlaces) {
      // An app's first words stay when there is one too many; of properties it says that they are none.
      from.spoilt = maxWords === maxPropertyWords
      return undefined
    }
    const place = createPlace(from.pattern + text)
    from.words.push({ text, place })
    places++
    return place
  }

  function findFirst(key: string, end: number): Place | undefined {
    const known = find(start, key, 0, end)
    if (known !== undefined) return known
    const isIdentity = segment.read(key, end + 1) === 'identity'
    const word = key.slice(0, end)
    const proven = isIdentity || prove(word, key.slice(end + 1, segment.end))
    return proven ? add(start, word, maxFirstWords) : undefined
  }

  function findProperty(from: Place, key: string, begin: number, end: number): Place | undefined {
    if (from.spoilt) return undefined
    return find(from, key, begin, end) ?? add(from, key.slice(begin, end), maxPropertyWords)
  }

  return key => {
    // Braces only say which part of a key a cluster hashes.
    const text = key.includes('{') ? key.replaceAll(/[{}]/g, '') : key
    const firstLook = segment.read(text, 0)
    let { end } = segment
    if (end === text.length || firstLook !== 'word') return nothing
    const first = findFirst(text, end)
    if (first === undefined) return nothing
    let place: Place = first
    let before: Look = 'word'
    for (let count = 1; end < text.length && count < maxSegments; count++) {
      const separator = end
      const look = segment.read(text, separator + 1)
      end = segment.end
      const shown: Place | undefined =
        before === 'identity' && look === 'word' ? findProperty(place, text, separator, end) : undefined
      place = shown ?? hide(place, text[separator]!)
      before = look
    }
    return place.pattern
  }
}

function find(from: Place, key: string, begin: number, end: number): Place | undefined {
  for (const { text, place } of from.words) {
    if (text.length === end - begin && key.startsWith(text, begin)) return place
  }
  return undefined
}

function createPlace(pattern: string): Place {
  return { pattern, isHidden: pattern.endsWith('*'), words: [], hidden: undefined, spoilt: false }
}

function hide(place: Place, separator: string): Place {
  if (place.isHidden) return place
  if (separator !== ':') return createPlace(`${place.pattern}${separator}*`)
  place.hidden ??= createPlace(`${place.pattern}:*`)
  return place.hidden
}
