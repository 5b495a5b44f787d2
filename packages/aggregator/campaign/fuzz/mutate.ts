import { FIRST_ENTRIES_PAGES, PAGE_BYTES } from '../../src/segment/layout.ts'
import type { Random } from '../random.ts'
import { mutateEntries } from './mutate-entries.ts'
import { mutateHeader } from './mutate-header.ts'
import { anyFloat, anyU32 } from './values.ts'

const FIRST_CELLS_AT = PAGE_BYTES * (1 + FIRST_ENTRIES_PAGES)
/** Cells that the samples use. */
const USED_CELLS = 600

/** A damaged copy of a segment or ledger: one to four things are wrong with it. `others` are spliced in. */
export function mutate(random: Random, original: Buffer, others: readonly Buffer[]): Buffer {
  let file: Buffer = Buffer.from(original)
  for (let times = 1 + random.below(4); times > 0; times--)
    file = random.pick(MUTATIONS)(random, file, random.pick(others))
  return file
}

type Mutation = (random: Random, file: Buffer, other: Buffer) => Buffer

const flipBits: Mutation = (random, file) => {
  if (file.length === 0) return file
  const within = random.chance(0.5) ? Math.min(file.length, 256) : file.length
  for (let bits = 1 + random.below(8); bits > 0; bits--) file[random.below(within)] ^= 1 << random.below(8)
  return file
}

const zeroRange: Mutation = (random, file) => {
  const from = random.below(file.length + 1)
  return file.fill(random.pick([0, 0, 0xff, 0x20]), from, Math.min(file.length, from + random.below(5_000)))
}

const truncate: Mutation = (random, file) =>
  file.subarray(0, random.chance(0.5) ? random.below(file.length + 1) : random.below(17) * PAGE_BYTES)

const extend: Mutation = (random, file) => {
  const more = Buffer.alloc(random.below(3 * PAGE_BYTES))
  for (let at = 0; at + 4 <= more.length; at += 4) more.writeUInt32LE(anyU32(random), at)
  return Buffer.concat([file, more])
}

const splice: Mutation = (random, file, other) => {
  const from = random.below(other.length + 1)
  const to = random.chance(0.5) ? from : random.below(file.length + 1)
  other.copy(file, Math.min(to, file.length), from, from + random.below(4_000))
  return file
}

/** Values that no writer writes, above all where an exponential histogram keeps its scale and its ranges. */
const spoilCells: Mutation = (random, file) => {
  for (let cells = 1 + random.below(40); cells > 0; cells--) {
    const at = FIRST_CELLS_AT + random.below(USED_CELLS) * 8
    if (at + 16 > file.length) continue
    const value = anyFloat(random)
    file.writeDoubleLE(value, at)
    // As the start and the end of a range.
    if (random.chance(0.5)) file.writeDoubleLE(value + random.below(8), at + 8)
  }
  return file
}

const spoilWord: Mutation = (random, file) => {
  const at = random.below(Math.max(1, Math.min(file.length, 8_192) - 4)) & ~3
  if (at + 4 <= file.length) file.writeUInt32LE(anyU32(random), at)
  return file
}

/** Those that reach deeper have more chances. */
const MUTATIONS: readonly Mutation[] = [
  flipBits,
  zeroRange,
  truncate,
  extend,
  splice,
  spoilWord,
  spoilCells,
  spoilCells,
  mutateHeader,
  mutateHeader,
  mutateEntries,
  mutateEntries,
  mutateEntries,
  mutateEntries,
]
