/** A word is taken for a kind of thing when so many different parts have followed it. */
const provingParts = 8
const maxWords = 200

/**
 * `session:alice` and `alice:settings` look the same. But one word is followed by many names, the other by a
 * few settings: so a first word that was never followed by an identity waits until it has been followed by
 * eight different parts. They are kept in memory until then, and are no labels.
 */
export function createProof(): (word: string, part: string) => boolean {
  const partsByWord = new Map<string, Set<string>>()
  return (word, part) => {
    let parts = partsByWord.get(word)
    if (parts === undefined) {
      if (partsByWord.size >= maxWords) return false
      parts = new Set()
      partsByWord.set(word, parts)
    }
    parts.add(part)
    if (parts.size < provingParts) return false
    partsByWord.delete(word)
    return true
  }
}
