import { randomBytes } from 'node:crypto'
import { crc32 as crc32OfZlib } from 'node:zlib'
import { expect, test } from 'vitest'
import { crc32 } from '../../src/segment/crc32.ts'

test('the checksum is that of zlib', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926)
  for (let bytes = 0; bytes < 300; bytes++) {
    const text = randomBytes(bytes)
    expect(crc32(text)).toBe(crc32OfZlib(text))
  }
})
