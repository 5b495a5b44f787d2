import { expect, test } from 'vitest'
import { createKeyPattern, type KeyPattern } from '../../src/cache/key-pattern.ts'

function createPatternOf(env: NodeJS.ProcessEnv = {}): KeyPattern<string> {
  return createKeyPattern(env, pattern => pattern ?? 'none')
}

test.each([
  ['user:123:profile', 'user:*:profile'],
  ['deployment:7d444840-9dc0-11d1-b245-5ffdce74fad2', 'deployment:*'],
  ['user:0F8FAD5BD9CB469FA16570867728950E:cart', 'user:*:cart'],
  ['user:deadbeef:cart', 'user:*:cart'],
  ['v2:123:user', 'v2:*:user'],
  ['users/12/orders/99', 'users/*/orders/*'],
  ['{user:12}:orders', 'user:*:orders'],
  ['bull:7:meta', 'bull:*:meta'],
  ['alice:settings', '*'],
  ['session:alice', '*'],
  ['config', '*'],
  ['', '*'],
  [':', '*'],
])('%j is %j', (key, pattern) => {
  expect(createPatternOf()(key)).toBe(pattern)
})

test.each([
  'session:alice@example.com',
  'session:alice',
  'session::alice',
  'session:alice:bob',
  'session:Zoë',
  'session:eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0',
  'session:dGhlIHF1aWNrIGJyb3duIGZveA==',
  'session:+41 79 123 45 67',
  'session:alice:3',
])('of %j only the first word is shown, where it is known', key => {
  const patternOf = createPatternOf()
  expect(patternOf('session:1')).toBe('session:*')
  expect(patternOf(key)).toBe('session:*')
})

test('a first word that no identity has followed is shown after eight different parts', () => {
  const patternOf = createPatternOf()
  const names = ['ann', 'bea', 'cem', 'dan', 'eva', 'fee', 'gil', 'hal', 'ann']
  expect(names.map(name => patternOf(`session:${name}`))).toEqual([
    ...Array(7).fill('*'),
    'session:*',
    'session:*',
  ])
})

test('a key that is a buffer, or very long, is not read', () => {
  const patternOf = createPatternOf()
  expect(patternOf(Buffer.from('user:1'))).toBe('*')
  expect(patternOf(`user:${'1'.repeat(300)}`)).toBe('*')
})

test('a prefix that the code configures is shown, and what follows is read as a key', () => {
  const patternOf = createPatternOf()
  expect(patternOf('shop1:user:3', 'shop1:')).toBe('shop1:user:*')
  expect(patternOf('shop1:alice', 'shop1:')).toBe('shop1:*')
})

test('a place with too many words is taken for identities, and there are never more than 100 patterns', () => {
  const patternOf = createPatternOf()
  const rooms = ['ann', 'bea', 'cem', 'dan', 'eva', 'fee', 'gil', 'hal', 'ida'].map(name =>
    patternOf(`room:5:${name}`),
  )
  expect(rooms.slice(7)).toEqual(['room:*:hal', 'room:*'])
  expect(patternOf('room:6:ann')).toBe('room:*')
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const words = letters.flatMap(first => letters.map(second => `${first}${second}`))
  const patterns = new Set(words.map(word => patternOf(`${word}:1`)))
  expect(patterns.size).toBe(50)
  for (const word of words)
    for (const property of ['x', 'y', 'z']) patterns.add(patternOf(`${word}:1:${property}`))
  expect(patterns.size).toBeLessThanOrEqual(101)
  expect(patterns).toContain('other')
})

test('listed patterns are tried in order, and none is none', () => {
  const patternOf = createPatternOf({ TUTTI_CACHE_KEY_PATTERNS: 'user:*:profile, user:*, a.b' })
  expect(patternOf('user:alice:profile')).toBe('user:*:profile')
  expect(patternOf('user:alice')).toBe('user:*')
  expect(patternOf('a.b')).toBe('a.b')
  expect(patternOf('aXb')).toBe('other')
  expect(createPatternOf({ TUTTI_CACHE_KEY_PATTERNS: 'none' })('user:1')).toBe('none')
})

test('a hundred listed patterns are all there, though another key came first', () => {
  const words = Array.from({ length: 100 }, (_, index) => `word${index}`)
  const patternOf = createPatternOf({ TUTTI_CACHE_KEY_PATTERNS: words.map(word => `${word}:*`).join(',') })
  expect(patternOf('stranger:1')).toBe('other')
  expect(words.map(word => patternOf(`${word}:1`))).toEqual(words.map(word => `${word}:*`))
})
