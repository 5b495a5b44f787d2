import { expect, test } from 'vitest'
import { readKnownMethods } from '../../../src/http/methods.ts'
import { joinPatterns, patternText } from '../../../src/http/routes/route.ts'

test.each([
  ['', '/', '/'],
  ['', '/hello', '/hello'],
  ['', '*', '*'],
  ['/api', '/', '/api'],
  ['/api', '/users/:id', '/api/users/:id'],
  ['/api/', '/users', '/api/users'],
  ['/api', '*', '/api/*'],
])('a router on %j with the pattern %j makes %j', (mounted, pattern, joined) => {
  expect(joinPatterns(mounted, pattern)).toBe(joined)
})

test('lists and regular expressions are patterns too', () => {
  expect(patternText(['/a', /^\/b/])).toBe('/a|/^\\/b/')
})

test('the methods that are known can be given by the variable of the semantic conventions', () => {
  expect(readKnownMethods({}).has('QUERY')).toBe(true)
  expect([...readKnownMethods({ OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS: 'GET, PROPFIND' })]).toEqual([
    'GET',
    'PROPFIND',
  ])
})
