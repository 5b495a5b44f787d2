import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeName, quoteName } from '../../src/exposition/escaping.ts'

// From Prometheus' specification of escaping schemes.
test.each([
  ['no:escaping_required', 'no:escaping_required', 'no:escaping__required', 'no:escaping_required'],
  [
    'mysystem.prod.west.cpu.load',
    'mysystem_prod_west_cpu_load',
    'mysystem_dot_prod_dot_west_dot_cpu_dot_load',
    'U__mysystem_2e_prod_2e_west_2e_cpu_2e_load',
  ],
  [
    'mysystem.prod.west.cpu.load_total',
    'mysystem_prod_west_cpu_load_total',
    'mysystem_dot_prod_dot_west_dot_cpu_dot_load__total',
    'U__mysystem_2e_prod_2e_west_2e_cpu_2e_load__total',
  ],
  ['http.status:sum', 'http_status:sum', 'http_dot_status:sum', 'U__http_2e_status:sum'],
  ['label with 😱', 'label_with__', 'label__with____', 'U__label_20_with_20__1f631_'],
  ['1st', '_st', '__st', 'U___31_st'],
])('%s is %s, %s or %s', (name, underscores, dots, values) => {
  expect(escapeName(name, 'underscores', false)).toBe(underscores)
  expect(escapeName(name, 'dots', false)).toBe(dots)
  expect(escapeName(name, 'values', false)).toBe(values)
  expect(escapeName(name, 'allow-utf-8', false)).toBe(name)
})

test('whatever the name, an escaped one needs no quotes', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.constantFrom('underscores', 'dots', 'values'),
      (name, scheme) => {
        for (const isLabel of [false, true]) {
          const escaped = escapeName(name, scheme as 'dots', isLabel)
          expect(quoteName(escaped, isLabel)).toBe(escaped)
        }
      },
    ),
  )
})
