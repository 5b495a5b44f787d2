/** A word may be code or a name; an identity is one without doubt; anything else may be anything. */
export type Look = 'word' | 'identity' | 'other'

const maxWordCharacters = 32

/** What a part of a key looks like, read character by character since this runs for every key. */
export function classify(key: string, start: number, end: number): Look {
  const length = end - start
  let letters = 0
  let hexLetters = 0
  let joints = 0
  for (let index = start; index < end; index++) {
    const code = key.charCodeAt(index)
    const lower = code | 32
    if (lower >= 97 && lower <= 122) {
      letters++
      if (lower <= 102) hexLetters++
    } else if (code === 95 || code === 45) {
      joints++ // _ and -
    } else if ((code >= 48 && code <= 57) || code === 64) {
      return isVersion(key, start, end) ? 'word' : 'identity' // a digit or @
    }
  }
  if (letters + joints < length || length > maxWordCharacters || !isLetter(key.charCodeAt(start)))
    return 'other'
  return length >= 8 && hexLetters === length ? 'identity' : 'word'
}

/** `v2`, which code writes. */
function isVersion(key: string, start: number, end: number): boolean {
  return end - start <= 3 && /^v\d+$/.test(key.slice(start, end))
}

function isLetter(code: number): boolean {
  const lower = code | 32
  return lower >= 97 && lower <= 122
}
