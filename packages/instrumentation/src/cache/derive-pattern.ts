import { isSeparator, KeyPart, type Look } from './key-part.ts'
import { createProof } from './proof.ts'

/** So many different words may stand in one place of a key before that place is taken for identities. */
const maxFirstWords = 50
const maxPropertyWords = 8
const maxPlaces = 500
const maxParts = 8

/** The pattern of the part of a key that was read so far, and where it can go on. */
interface Place<Kept> {
  pattern: string
  /** Whether the pattern ends with `*`, behind which no other is written. */
  isHidden: boolean
  /** The words that can follow, few enough to be compared in place: cutting them out of each key costs more. */
  words: { text: string; place: Place<Kept> }[]
  /** What follows, if it shows nothing and is separated by a colon; the way that nearly every key goes. */
  hidden: Place<Kept> | undefined
  spoilt: boolean
  /** What is kept for the pattern, once a key has ended here. */
  kept: Kept | undefined
}

/**
 * `user:123:profile` -> `user:*:profile`. A key holds data of users wherever code does not write it, and a
 * name looks like any word, so only two places may show a word: the first, where it says what kind of thing
 * this is, and the one after something that is an identity without doubt (it has a digit, an `@`, is a hash),
 * where it says which property. A first word has to be proven, by an identity or by many parts after it; a
 * place that shows too many different words shows none any more. `alice` alone is `*`. No text is made of a
 * pattern that is known.
 *
 * @param prefix is written before each pattern.
 * @param keep what the function answers for a pattern; asked once for nearly every one.
 * @returns a function of a key and of where it begins in it, behind the prefix.
 */
export function derivePattern<Kept extends object | string>(
  prefix: string,
  keep: (pattern: string) => Kept,
): (key: string, from: number) => Kept {
  const nothing = createPlace<Kept>(`${prefix}*`)
  const start = createPlace<Kept>(prefix)
  const prove = createProof()
  const part = new KeyPart()
  let places = 0

  function add(from: Place<Kept>, text: string, maxWords: number): Place<Kept> | undefined {
    if (from.words.length >= maxWords || places >= maxPlaces) {
      // An app's first words stay when there is one too many; of properties it says that they are none.
      from.spoilt = maxWords === maxPropertyWords
      return undefined
    }
    const place = createPlace<Kept>(from.pattern + text)
    from.words.push({ text, place })
    places++
    return place
  }

  /** The place behind the first word, where `part` has ended; undefined if that shows nothing. */
  function findFirst(key: string, from: number): Place<Kept> | undefined {
    // A known word needs no look at its characters.
    for (const { text, place } of start.words) {
      if (key.startsWith(text, from) && isSeparator(key, from + text.length)) {
        part.end = from + text.length
        return place
      }
    }
    const look = part.read(key, from)
    const { end } = part
    if (look !== 'word' || end === key.length) return undefined
    const isIdentity = part.read(key, end + 1) === 'identity'
    const word = key.slice(from, end)
    const proven = isIdentity || prove(word, key.slice(end + 1, part.end))
    part.end = end
    return proven ? add(start, word, maxFirstWords) : undefined
  }

  function findProperty(from: Place<Kept>, key: string, begin: number, end: number): Place<Kept> | undefined {
    if (from.spoilt) return undefined
    for (const { text, place } of from.words) {
      if (text.length === end - begin && key.startsWith(text, begin)) return place
    }
    return add(from, key.slice(begin, end), maxPropertyWords)
  }

  function findPlace(key: string, from: number): Place<Kept> {
    let place = findFirst(key, from)
    if (place === undefined) return nothing
    let { end } = part
    let before: Look = 'word'
    for (let count = 1; end < key.length && count < maxParts; count++) {
      const separator = end
      const look = part.read(key, separator + 1)
      end = part.end
      const shown: Place<Kept> | undefined =
        before === 'identity' && look === 'word' ? findProperty(place, key, separator, end) : undefined
      place = shown ?? hide(place, key[separator]!)
      before = look
    }
    return place
  }

  return (key, from) => {
    // Braces only say which part of a key a cluster hashes.
    const place = key.includes('{')
      ? findPlace(key.slice(from).replaceAll(/[{}]/g, ''), 0)
      : findPlace(key, from)
    place.kept ??= keep(place.pattern)
    return place.kept
  }
}

function createPlace<Kept>(pattern: string): Place<Kept> {
  return {
    pattern,
    isHidden: pattern.endsWith('*'),
    words: [],
    hidden: undefined,
    spoilt: false,
    kept: undefined,
  }
}

function hide<Kept>(place: Place<Kept>, separator: string): Place<Kept> {
  if (place.isHidden) return place
  if (separator !== ':') return createPlace(`${place.pattern}${separator}*`)
  place.hidden ??= createPlace(`${place.pattern}:*`)
  return place.hidden
}
