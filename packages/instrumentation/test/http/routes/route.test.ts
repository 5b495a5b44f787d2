import { expect, test } from 'vitest'
import { readKnownMethods } from '../../../src/http/methods.ts'
import { isCatchAll, joinPatterns, patternText } from '../../../src/http/routes/route.ts'

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

test('a pattern of nothing but a wildcard catches all', () => {
  for (const pattern of ['*', '/*', '*path', '/*path', '{*path}', '/{*path}'])
    expect(isCatchAll(pattern)).toBe(true)
  for (const pattern of ['/', '/a/*path', '/:id', '*path/a', /.*/]) expect(isCatchAll(pattern)).toBe(false)
})
