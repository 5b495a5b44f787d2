import type { Random } from '../random.ts'

const U32 = [
  0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 64, 255, 256, 4_095, 4_096, 28_672, 65_535, 65_536, 0x7fffffff,
  0x80000000, 0xffffffff,
]

export function anyU32(random: Random): number {
  if (random.chance(0.2)) return random.below(2 ** 32)
  return (random.pick(U32) + random.pick([0, 0, 0, -1, 1])) >>> 0
}

const FLOATS = [
  0,
  -0,
  1,
  -1,
  0.5,
  20,
  -11,
  -12,
  21,
  3.5,
  159,
  160,
  2 ** 31,
  -(2 ** 31),
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  1e300,
  -1e300,
  Number.MIN_VALUE,
  Number.MAX_VALUE,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1.7e12,
]

export function anyFloat(random: Random): number {
  return random.chance(0.8) ? random.pick(FLOATS) : (random.next() - 0.5) * 2 ** random.below(80)
}

const STRINGS = [
  '',
  ' ',
  'a',
  '__proto__',
  'constructor',
  'toString',
  'le',
  'worker',
  '日本',
  '1',
  's',
  'By/constructor',
  '\n',
  '"',
  '\\',
  '\ud800',
  '{}',
  '\0',
  'x'.repeat(3_000),
  'tutti_definition',
]
/** Stands for an array in an array in an array: a value that deep can be parsed, but not be written again. */
const DEEP = 'deep\u0001'
const DEEP_TEXT = `${'['.repeat(20_000)}${']'.repeat(20_000)}`

/** JSON text, mostly valid, of what a program may have put where an attribute or a definition belongs. */
export function anyJson(random: Random): string {
  if (random.chance(0.5)) return jsonTextOf([[random.pick(STRINGS), anyValue(random, 2)]])
  return random.chance(0.05) ? DEEP_TEXT.slice(0, random.below(40_000)) : jsonTextOf(anyValue(random, 3))
}

export function jsonTextOf(value: unknown): string {
  return (JSON.stringify(value) ?? '').replaceAll(JSON.stringify(DEEP), DEEP_TEXT)
}

export function anyValue(random: Random, depth: number): unknown {
  if (random.chance(0.03)) return DEEP
  switch (random.below(depth === 0 ? 5 : 8)) {
    case 0:
      return random.pick(STRINGS)
    case 1:
      return anyFloat(random)
    case 2:
      return random.chance(0.5)
    case 3:
      return null
    case 4:
      return anyU32(random)
    case 5:
      return Array.from({ length: random.below(4) }, () => anyValue(random, depth - 1))
    case 6:
      return Object.fromEntries(
        Array.from({ length: random.below(4) }, () => [random.pick(STRINGS), anyValue(random, depth - 1)]),
      )
    default:
      return Array.from({ length: random.below(4) }, () => [
        random.pick(STRINGS),
        anyValue(random, depth - 1),
      ])
  }
}
