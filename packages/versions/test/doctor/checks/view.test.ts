import { expect, test } from 'vitest'
import { canMeet, overlap, readView } from '../../../src/doctor/checks/view.ts'
import { parseSource, walk } from '../../../src/doctor/source/parse-source.ts'

/** The views of a list as it would be written. */
function views(text: string) {
  const list = [...walk(parseSource(`x = ${text}`, 'a.ts')!)].find(({ type }) => type === 'ArrayExpression')!
  return (list.elements as unknown[]).map(readView)
}

function overlaps(text: string): boolean {
  const [one, other] = views(text)
  expect(overlap(other, one)).toBe(overlap(one, other))
  return overlap(one, other)
}

test('two patterns meet where a name exists that fits both', () => {
  expect(canMeet('http.*', '*.duration')).toBe(true)
  expect(canMeet('http.*', 'db.*')).toBe(false)
  expect(canMeet('a?c', 'abc')).toBe(true)
  expect(canMeet('a?c', 'ac')).toBe(false)
  expect(canMeet('*', 'x')).toBe(true)
  expect(canMeet('a*b*c', 'a.x.c')).toBe(false)
  expect(canMeet('HTTP.a', 'http.A')).toBe(true)
})

test('views overlap where both make a stream of one name, or one keeps what the other drops', () => {
  expect(overlaps(`[{ instrumentName: 'a' }, { instrumentName: 'a' }]`)).toBe(true)
  expect(overlaps(`[{ instrumentName: 'a' }, { instrumentName: 'a', name: 'b' }]`)).toBe(false)
  expect(overlaps(`[{ instrumentName: 'a.*' }, { instrumentUnit: 's' }]`)).toBe(true)
  expect(overlaps(`[{ instrumentUnit: 'By' }, { instrumentUnit: 's' }]`)).toBe(false)
  expect(overlaps(`[{ meterName: 'one' }, { instrumentName: 'a', meterName: 'two' }]`)).toBe(false)
  const drop = 'aggregation: { type: AggregationType.DROP }'
  // The usual way to keep a few: everything is dropped, and these are kept.
  expect(overlaps(`[{ instrumentName: '*', ${drop} }, { instrumentName: 'a' }]`)).toBe(false)
  expect(overlaps(`[{ instrumentName: 'a', ${drop} }, { instrumentName: '*' }]`)).toBe(true)
})

test('what is only known when it runs overlaps nothing', () => {
  expect(overlaps(`[{ instrumentName: name }, { instrumentName: 'a' }]`)).toBe(false)
  expect(overlaps(`[{ ...shared }, { instrumentName: 'a' }]`)).toBe(false)
})
