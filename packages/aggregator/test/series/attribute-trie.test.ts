import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AttributeTrie } from '../../src/series/attribute-trie.ts'
import { canonicalAttributes } from '../../src/series/attributes.ts'

const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(Number.NaN), fc.double())
const attributes = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'http.route', '__proto__', 'toString', '1'),
  value,
)

test('finds, for any attributes in any order, exactly what was inserted for their canonical text', () => {
  fc.assert(
    fc.property(fc.array(attributes, { maxLength: 40 }), sets => {
      const trie = new AttributeTrie<{ text: string }>(1_000)
      const leaves = new Map<string, { text: string }>()
      for (const set of sets) {
        const text = canonicalAttributes(set)
        const leaf = leaves.get(text) ?? { text }
        leaves.set(text, leaf)
        trie.insert(set, leaf)
        trie.insert(Object.fromEntries(Object.entries(set).reverse()), leaf)
      }
      for (const set of sets) {
        expect(trie.find(set)?.text).toBe(canonicalAttributes(set))
        expect(trie.find(Object.fromEntries(Object.entries(set).reverse()))?.text).toBe(
          canonicalAttributes(set),
        )
      }
    }),
  )
})

test('tells 1, "1" and true apart', () => {
  const trie = new AttributeTrie<{ name: string }>(10)
  trie.insert({ a: 1 }, { name: 'number' })
  trie.insert({ a: '1' }, { name: 'string' })
  trie.insert({ a: true }, { name: 'boolean' })
  expect([trie.find({ a: 1 }), trie.find({ a: '1' }), trie.find({ a: true })]).toEqual([
    { name: 'number' },
    { name: 'string' },
    { name: 'boolean' },
  ])
})

test('does not remember lists, which it would compare by identity', () => {
  const trie = new AttributeTrie<{ name: string }>(10)
  const list = ['x']
  trie.insert({ a: list }, { name: 'list' })
  expect(trie.find({ a: list })).toBeUndefined()
})

test('stops remembering when it is full, and keeps what it has', () => {
  const trie = new AttributeTrie<{ n: number }>(3)
  for (let n = 0; n < 10; n++) trie.insert({ n }, { n })
  expect(Array.from({ length: 10 }, (_, n) => trie.find({ n })?.n)).toEqual([
    0,
    1,
    2,
    ...Array(7).fill(undefined),
  ])
})
