/** A word may be code or a name; an identity is one without doubt; anything else may be anything. */
export type Look = 'word' | 'identity' | 'other'

const maxWordCharacters = 32

/** What a character says of the part of a key that it stands in. */
const hexLetter = 1
const letter = 2
const joint = 4
const sign = 8
const strange = 16
const separator = 32

const kinds: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)))

function kindOf(character: string): number {
  if (/[a-f]/i.test(character)) return hexLetter
  if (/[a-z]/i.test(character)) return letter
  if (/[_-]/.test(character)) return joint
  if (/[0-9@]/.test(character)) return sign
  return /[:/|#]/.test(character) ? separator : strange
}

const lowerV = 118

/** One part of a key after the other. It is used again, as it is for every key. */
export class KeyPart {
  /** Where the separator behind it stands, or the key ends. */
  end = 0

  /** What the part that begins at `start` looks like. */
  read(key: string, start: number): Look {
    let seen = 0
    let index = start
    for (; index < key.length; index++) {
      const kind = kindAt(key, index)
      if (kind === separator) break
      // What follows changes nothing, and an expression finds the end several times as fast as a loop.
      if (kind === sign && key.charCodeAt(start) !== lowerV) {
        this.end = findSeparator(key, index + 1)
        return 'identity'
      }
      seen |= kind
    }
    this.end = index
    return lookOf(key, start, index, seen)
  }
}

/** Whether one part of a key ends here and another begins. */
export function isSeparator(key: string, index: number): boolean {
  return kindAt(key, index) === separator
}

function kindAt(key: string, index: number): number {
  const code = key.charCodeAt(index)
  return code < 128 ? kinds[code]! : strange
}

const nextSeparator = /[:/|#]/g

function findSeparator(key: string, from: number): number {
  nextSeparator.lastIndex = from
  return nextSeparator.test(key) ? nextSeparator.lastIndex - 1 : key.length
}

function lookOf(key: string, start: number, end: number, seen: number): Look {
  if (seen & sign) return isVersion(key, start, end) ? 'word' : 'identity'
  if (seen & strange || end - start > maxWordCharacters || !isLetter(key, start, end)) return 'other'
  return seen === hexLetter && end - start >= 8 ? 'identity' : 'word'
}

/** `v2`, which code writes. */
function isVersion(key: string, start: number, end: number): boolean {
  return end - start <= 3 && /^v\d+$/.test(key.slice(start, end))
}

function isLetter(key: string, start: number, end: number): boolean {
  return start < end && (kindAt(key, start) & (hexLetter | letter)) !== 0
}
