import { BoundedCache } from '../bounded-cache.ts'

/** One statement of SQL text: what it does and to what, the table or the savepoint. */
export interface Change {
  command: string
  /** As the text has it, without quotes (`shop.orders`); undefined where it is no plain name. */
  target: string | undefined
}

/** Of longer text only the beginning is read, and longer than a page is not kept. */
const readCharacters = 20_000
const keptCharacters = 4_000
const cache = new BoundedCache<Change[]>(500)

/** The statements of SQL text that change rows or begin, end or divide a transaction, and those between. */
export function readChanges(text: string): Change[] {
  const kept = text.length <= keptCharacters ? cache.get(text) : undefined
  if (kept !== undefined) return kept
  const changes = splitStatements(text.slice(0, readCharacters)).map(readChange)
  if (text.length <= keptCharacters) cache.set(text, changes)
  return changes
}

/** Comments, strings of three kinds, quoted names, words, and what stands between statements and names. */
const token =
  /--[^\n]*|\/\*[\s\S]*?\*\/|\be'[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*'|'[^']*(?:''[^']*)*'|(\$(?:[a-z_]\w*)?\$)[\s\S]*?\1|"[^"]*(?:""[^"]*)*"|[a-z_\u0080-\uffff][\w$\u0080-\uffff]*|[();.]/gi

/** Each statement's words and dots outside of parentheses. */
function splitStatements(text: string): string[][] {
  const statements: string[][] = []
  let words: string[] = []
  let depth = 0
  let some = false
  for (const [part] of text.matchAll(token)) {
    if (part.startsWith('--') || part.startsWith('/*')) continue
    if (part === '(') depth++
    else if (part === ')') depth--
    else if (part === ';' && depth === 0) {
      if (some) statements.push(words)
      words = []
      some = false
      continue
    } else if (depth === 0 && (part === '.' || /^["a-z_\u0080-\uffff]/i.test(part))) words.push(part)
    some = true
  }
  if (some) statements.push(words)
  return statements
}

/** The words that may stand between a command and its target. */
const between: Record<string, Set<string>> = {
  INSERT: new Set(['INTO']),
  UPDATE: new Set(['ONLY']),
  DELETE: new Set(['FROM', 'ONLY']),
  MERGE: new Set(['INTO', 'ONLY']),
  COPY: new Set(),
  SAVEPOINT: new Set(),
  RELEASE: new Set(['SAVEPOINT']),
  ROLLBACK: new Set(['WORK', 'TRANSACTION', 'TO', 'SAVEPOINT']),
}

function readChange(words: string[]): Change {
  let start = 0
  let command = words[0]?.toUpperCase() ?? ''
  if (command === 'WITH') {
    start = words.findIndex(word => /^(?:insert|update|delete|merge|select)$/i.test(word))
    command = words[start]?.toUpperCase() ?? ''
  }
  const skipped = between[command]
  if (skipped === undefined) return { command, target: undefined }
  let index = start + 1
  while (skipped.has(words[index]?.toUpperCase() ?? '')) index++
  const name: string[] = []
  for (; index < words.length; index += 2) {
    name.push(words[index]!.replace(/^"(.*)"$/s, '$1'))
    if (words[index + 1] !== '.') break
  }
  const target = name.join('.')
  if (command === 'SAVEPOINT' || command === 'RELEASE') return { command, target }
  if (command === 'ROLLBACK') return { command, target: words.some(isTo) ? target : undefined }
  if (command === 'COPY' && words[index + 1]?.toUpperCase() !== 'FROM')
    return { command: 'COPY TO', target: undefined }
  const plain = name.length > 0 && name.every(part => /^[a-z_][\w$]{0,62}$/i.test(part))
  return { command, target: plain ? target : undefined }
}

function isTo(word: string): boolean {
  return word.toUpperCase() === 'TO'
}
