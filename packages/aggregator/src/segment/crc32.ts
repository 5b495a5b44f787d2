/**
 * CRC-32 as `node:zlib` computes it. Entries are short, so calling out is not faster; and loading zlib would take a
 * twentieth of an app's start. Four bytes at a time: at a start this runs before V8 has compiled it, where an iterator
 * makes an object for each byte, 400 KB of them.
 */
export function crc32(bytes: Uint8Array): number {
  let crc = -1
  let at = 0
  for (; at + 4 <= bytes.length; at += 4) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    crc =
      THREE_ON[crc & 0xff]! ^
      TWO_ON[(crc >>> 8) & 0xff]! ^
      ONE_ON[(crc >>> 16) & 0xff]! ^
      REMAINDERS[crc >>> 24]!
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ REMAINDERS[(crc ^ bytes[at]!) & 0xff]!
  return ~crc >>> 0
}

/** The remainder of each byte, by the reversed polynomial. */
const REMAINDERS: Int32Array = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
  return remainder
})

/** The same with one to three bytes after it. */
const ONE_ON: Int32Array = oneMore(REMAINDERS)
const TWO_ON: Int32Array = oneMore(ONE_ON)
const THREE_ON: Int32Array = oneMore(TWO_ON)

function oneMore(remainders: Int32Array): Int32Array {
  return remainders.map(remainder => (remainder >>> 8) ^ REMAINDERS[remainder & 0xff]!)
}
