/** What an identity looks like, and what it is called. */
const IDENTITIES: readonly [what: string, pattern: RegExp][] = [
  ['a UUID', /(?<![0-9a-z])[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}(?![0-9a-z])/i],
  ['a mail address', /[^\s@]@[^\s@.]+\.[^\s@]/],
  ['a signed token', /eyJ[\w-]{8,}\.[\w-]+/],
  ['a token', /^(bearer |basic |sk_|pk_|rk_|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AKIA|npm_)/i],
  ['a long hexadecimal number', /(?<![0-9a-z])(?=[0-9a-f]*\d)[0-9a-f]{16,}(?![0-9a-z])/i],
  ['an address of a machine', /(?<!\d)(\d{1,3}\.){3}\d{1,3}(?!\d)/],
  ['a number that counts something', /\d{6,}/],
]

/** Characters from which on a word without a separator can be a random text. */
const RANDOM_LENGTH = 20

/** Characters of a value that are looked at. */
const MAX_LOOKED_AT = 200

/** What this value of a label looks like, if there would be ever more such values: an id, an address, a token. */
export function identityIn(given: string): string | undefined {
  // Nobody's label is longer, and looking costs time.
  const value = given.slice(0, MAX_LOOKED_AT)
  const found = IDENTITIES.find(([, pattern]) => pattern.test(value))
  if (found !== undefined) return found[0]
  return value.split(/[^\w-]+/).some(isRandom) ? 'a random text' : undefined
}

/** Whether a label of this name would hold identities. */
export function namesIdentity(label: string): boolean {
  return /(^|[._])(id|ids|uuid|guid|email|mail|token|session|password|secret|ip)$/.test(label)
}

/** Letters of both cases with several digits among them: no word, path or name of a function looks so. */
function isRandom(word: string): boolean {
  if (word.length < RANDOM_LENGTH) return false
  const digits = word.replaceAll(/\D/g, '').length
  return digits >= 3 && /[a-z]/.test(word) && /[A-Z]/.test(word)
}
