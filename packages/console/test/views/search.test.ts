import { expect, test } from 'vitest'
import type { FamilyFigure } from '../../src/figures/family-figures.ts'
import { findFamilies } from '../../src/views/search.tsx'

const family = (name: string, help: string, ...labels: string[]): FamilyFigure => ({
  ...{ name, help, type: 'counter', cardinality: labels.length, shownAs: 'rate' },
  series: labels.map(each => ({ labels: each, value: 1, count: undefined, sum: undefined })),
})
const all = [
  family('orders_total', 'Orders that were paid.', 'country="ch"', 'country="de"'),
  family('refunds_total', 'What was given back.', 'country="ch", why="late"'),
]
const found = (query: string) => findFamilies(all, query).map(({ name, cardinality }) => [name, cardinality])

test('a search finds names, help and types, in any order and case', () => {
  expect(found('')).toEqual([
    ['orders_total', 2],
    ['refunds_total', 1],
  ])
  expect(found('PAID orders')).toEqual([['orders_total', 2]])
  expect(found('counter total')).toHaveLength(2)
  expect(found('nothing')).toEqual([])
})

test('words that are in labels only leave those series', () => {
  expect(found('country=ch')).toEqual([
    ['orders_total', 1],
    ['refunds_total', 1],
  ])
  expect(found('orders country=ch')).toEqual([['orders_total', 1]])
  expect(found('country=ch late')).toEqual([['refunds_total', 1]])
})
