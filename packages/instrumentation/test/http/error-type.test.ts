import { expect, test } from 'vitest'
import { errorTypeOf } from '../../src/http/error-type.ts'

test.each([
  [
    'the code of Node and undici',
    Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    'ECONNREFUSED',
  ],
  ['the name of an abort, whose code differs', abort('ABORT_ERR'), 'AbortError'],
  ['a timeout behind an abort', abort('ABORT_ERR', new DOMException('late', 'TimeoutError')), 'TimeoutError'],
  ['the name of what has no text for a code', new DOMException('late', 'TimeoutError'), 'TimeoutError'],
  ['the class of an error without a code', new TypeError('wrong'), 'TypeError'],
  ['nothing of a plain error', new Error('plain'), '_OTHER'],
  ['nothing of what is no error', 'given up', '_OTHER'],
])('is %s', (_, error, type) => {
  expect(errorTypeOf(error)).toBe(type)
})

function abort(code: string, cause?: unknown): Error {
  return Object.assign(new Error('aborted', { cause }), { name: 'AbortError', code })
}
