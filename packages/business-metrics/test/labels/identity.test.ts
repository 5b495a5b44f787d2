import { expect, test } from 'vitest'
import { identityIn } from '../../src/labels/identity.ts'

test.each([
  ['a UUID', '123e4567-e89b-12d3-a456-426614174000'],
  ['a mail address', 'joe@example.com'],
  ['a token', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
  ['a long hexadecimal number', '507f1f77bcf86cd799439011'],
  ['a number that counts something', 'user-1234567'],
  ['an address of a machine', '10.1.2.3'],
  ['a signed token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.c2ln'],
  ['a token', 'Basic dXNlcjpwYXNzd29yZA=='],
  ['a token', 'sk_live_51H8abcDEF1234567'],
  ['an address of a machine', '2001:db8::1'],
  ['an address of a machine', '00:1B:44:11:3A:B7'],
  ['a password', 'https://joe:secret@host/'],
  ['a phone number', '+49 30 1234 5678'],
  ['an account number', 'DE89 3704 0044 0532 0130 00'],
  ['an account number', '4111 1111 1111 1111'],
  ['a random text', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  ['a random text', 'cjld2cjxh0000qzrmn831i7rn'],
  ['a random text', 'IRFa-VaY2b_wQkLmZcXuT'],
  ['a random text', 'orders/uakgb_J5mxSvNHqPzdt-w'],
])('%s is known by its looks: %s', (what, value) => {
  expect(identityIn(value)).toBe(what)
})

test.each([
  'sk_SK',
  'basic plan',
  'Bearer authentication',
  'npm_install_dependencies',
  'pk_constraint',
  'v1.2.3-beta.1',
  'eu-west-1-az-2-rack-3-node-4',
  'Überweisungsträgerprüfung',
  '/api/v1/users/:id',
  'TLS_AES_256_GCM_SHA384',
  'getUserByEmailAddressV2Handler',
  '2026-11-20',
  '12:30:45',
  'std::vector',
  'AwsSdkSigV4Signer.d.ts',
  'X-Content-Type-Options',
  'kube-scheduler_PodDisruptionBudget',
  'ERR_HTTP2_HEADERS_SENT_toString',
  'dateTimeAsUSNoDateIfToday',
])('%s is no identity', value => {
  expect(identityIn(value)).toBeUndefined()
})

test('of random ids in the alphabet of nanoid at most one in twenty gets by', () => {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-'
  let seed = 1
  const next = () => {
    // Park and Miller's generator, so that every run has the same ids.
    seed = (seed * 48_271) % 2_147_483_647
    return alphabet[seed % alphabet.length]
  }
  const ids = Array.from({ length: 2_000 }, () => Array.from({ length: 21 }, next).join(''))
  expect(ids.filter(id => identityIn(id) === undefined).length).toBeLessThanOrEqual(100)
})
