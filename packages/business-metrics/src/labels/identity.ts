/** What an identity looks like, and what it is called. */
const IDENTITIES: readonly [what: string, pattern: RegExp][] = [
  ['a UUID', /(?<![0-9a-z])[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}(?![0-9a-z])/i],
  ['a mail address', /[^\s@]@[^\s@.]+\.[^\s@]/],
  ['a signed token', /eyJ[\w-]{8,}\.[\w-]+/],
  // Not the locale sk_SK, nor a plan that is called basic: what follows is long and looks made up.
  ['a token', /^(bearer|basic) +(?=\S*\d|\S+=$)\S{8,}$/i],
  ['a token', /^([spr]k[_-]|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|npm_)(?=\S*\d)\S{12,}/i],
  ['a token', /^A[KS]IA[A-Z0-9]{12,}/],
  ['a long hexadecimal number', /(?<![0-9a-z])(?=[0-9a-f]*\d)[0-9a-f]{16,}(?![0-9a-z])/i],
  ['an address of a machine', /(?<!\d)(\d{1,3}\.){3}\d{1,3}(?!\d)/],
  ['an address of a machine', /(?<![\w:])(?=[0-9a-f:]*\d)([0-9a-f]{1,4}:)+(:[0-9a-f]{1,4})+(?![\w:])/i],
  ['an address of a machine', /(?<![\w:])([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])/i],
  ['an address of a machine', /(?<![\w:])([0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])/i],
  ['a password', /\/\/[^/\s:@]+:[^/\s@]+@/],
  ['a phone number', /^\+\d[\d ()./-]{6,}\d$/],
  ['an account number', /^[A-Z]{2}\d{2}( ?[A-Z0-9]{4}){3}/],
  ['an account number', /(?<!\d)(\d{4}[ -]){3}\d{4}(?!\d)/],
  ['a number that counts something', /\d{6,}/],
]

/** Characters from which on a word without a separator can be a random text. */
const RANDOM_LENGTH = 20

/**
 * Shorter runs are no words. A third of all nanoids have fewer than three digits; of 100 of those 89 have shorter runs,
 * and of 13,000 names of both cases in published packages' types and guides five, all of them put together by machines.
 */
const RANDOM_RUN = 2.6

/** Characters of a value that are looked at. */
const MAX_LOOKED_AT = 200

/** What this value of a label looks like, if there would be ever more such values: an id, an address, a token. */
export function identityIn(given: string): string | undefined {
  // Nobody's label is longer, and looking costs time.
  const value = given.slice(0, MAX_LOOKED_AT)
  const found = IDENTITIES.find(([, pattern]) => pattern.test(value))
  if (found !== undefined) return found[0]
  const isAnyRandom = value.split(/[^\w-]+/).some(isRandom) || value.split(/[^a-z0-9]+/i).some(isMixed)
  return isAnyRandom ? 'a random text' : undefined
}

/** Whether a label of this name would hold identities. */
export function namesIdentity(label: string): boolean {
  return /(^|[._])(id|ids|uuid|guid|email|mail|token|session|password|secret|ip)$/.test(label)
}

/**
 * Letters of both cases with several digits among them, or in very short runs: no word, path or name of a function looks
 * so.
 */
function isRandom(word: string): boolean {
  if (word.length < RANDOM_LENGTH || !/[a-z]/.test(word) || !/[A-Z]/.test(word)) return false
  const digits = word.replaceAll(/\D/g, '').length
  return digits >= 3 || runLength(word) < RANDOM_RUN
}

/** Characters, on average, from one change of case, digit or separator to the next, as camel case is read. */
function runLength(word: string): number {
  const runs = word.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? []
  return runs.join('').length / runs.length
}

/** Digits in several places of one long word: ULIDs and their like, which are of one case. */
function isMixed(word: string): boolean {
  return word.length >= RANDOM_LENGTH && (word.match(/\d+/g)?.length ?? 0) >= 3
}
