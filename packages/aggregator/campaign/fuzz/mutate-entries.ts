import { crc32 } from 'node:zlib'
import { ENTRY, FIRST_ENTRIES_PAGES, PAGE_BYTES } from '../../src/segment/layout.ts'
import type { Random } from '../random.ts'
import { anyJson, anyU32, anyValue, jsonTextOf } from './values.ts'

const ENTRIES_AT = PAGE_BYTES
const ENTRIES_END = PAGE_BYTES * (1 + FIRST_ENTRIES_PAGES)
const MAX_ENTRIES = 200

/** Takes the first chunk's entries apart, changes, doubles, drops and swaps some, and writes them back as if whole. */
export function mutateEntries(random: Random, file: Buffer): Buffer {
  if (file.length < ENTRIES_END) return file
  const entries = takeApart(file)
  if (entries.length === 0) return file
  for (let times = 1 + random.below(8); times > 0; times--) random.pick(CHANGES)(random, entries)
  file.fill(0, ENTRIES_AT, ENTRIES_END)
  let at = ENTRIES_AT
  for (const entry of entries.slice(0, MAX_ENTRIES)) {
    if (at + entry.length > ENTRIES_END) break
    at += entry.copy(file, at)
  }
  return file
}

function takeApart(file: Buffer): Buffer[] {
  const entries: Buffer[] = []
  for (let at = ENTRIES_AT; at + ENTRY.text <= ENTRIES_END; ) {
    const bytes = file.readUInt32LE(at + ENTRY.bytes)
    if (bytes < ENTRY.text || at + bytes > ENTRIES_END) break
    entries.push(Buffer.from(file.subarray(at, at + bytes)))
    at += bytes
  }
  return entries
}

type Change = (random: Random, entries: Buffer[]) => void

const FIELDS = [ENTRY.instrument, ENTRY.chunk, ENTRY.slot, ENTRY.textBytes, ENTRY.bytes]

const changeField: Change = (random, entries) => {
  const entry = random.pick(entries)
  if (random.chance(0.7)) entry.writeUInt32LE(anyU32(random), random.pick(FIELDS))
  else entry.writeUInt16LE(anyU32(random) & 0xffff, random.pick([ENTRY.kind, ENTRY.cellCount]))
  if (random.chance(0.9)) seal(entry)
}

const shiftSlot: Change = (random, entries) => {
  const entry = random.pick(entries)
  entry.writeUInt32LE((entry.readUInt32LE(ENTRY.slot) + random.below(9) - 4) >>> 0, ENTRY.slot)
  seal(entry)
}

const changeText: Change = (random, entries) => {
  const index = random.below(entries.length)
  entries[index] = withText(entries[index], anyJson(random))
}

/** Valid JSON of a definition or of attributes with something else in one place. */
const spoilText: Change = (random, entries) => {
  const index = random.below(entries.length)
  try {
    entries[index] = withText(entries[index], jsonTextOf(spoil(random, JSON.parse(textOf(entries[index])))))
  } catch {
    // Not JSON any more, or nested too deeply to be written again: spoilt enough.
  }
}

function spoil(random: Random, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.15)) return anyValue(random, 2)
  if (Array.isArray(value)) {
    const copy = [...value]
    copy[random.below(copy.length + 1)] = spoil(random, random.pick([...value, 0]))
    return copy
  }
  const key = random.chance(0.8) ? random.pick(Object.keys(value)) : 'more'
  return { ...value, [key]: spoil(random, (value as Record<string, unknown>)[key]) }
}

const double: Change = (random, entries) => {
  const entry = random.pick(entries)
  entries.splice(
    random.below(entries.length),
    0,
    ...Array.from({ length: 1 + random.below(20) }, () => Buffer.from(entry)),
  )
}

const drop: Change = (random, entries) => {
  if (entries.length > 1) entries.splice(random.below(entries.length), 1)
}

const swap: Change = (random, entries) => {
  const [one, two] = [random.below(entries.length), random.below(entries.length)]
  ;[entries[one], entries[two]] = [entries[two], entries[one]]
}

const CHANGES: readonly Change[] = [
  changeField,
  changeField,
  shiftSlot,
  changeText,
  spoilText,
  spoilText,
  double,
  drop,
  swap,
]

function textOf(entry: Buffer): string {
  return entry.toString(
    'utf8',
    ENTRY.text,
    Math.min(entry.length, ENTRY.text + entry.readUInt32LE(ENTRY.textBytes)),
  )
}

function withText(entry: Buffer, text: string): Buffer {
  const bytes = Buffer.from(text)
  const changed = Buffer.alloc((ENTRY.text + bytes.length + 7) & ~7)
  entry.copy(changed, 0, 0, ENTRY.text)
  bytes.copy(changed, ENTRY.text)
  changed.writeUInt32LE(bytes.length, ENTRY.textBytes)
  changed.writeUInt32LE(changed.length, ENTRY.bytes)
  seal(changed)
  return changed
}

function seal(entry: Buffer): void {
  entry.writeUInt32LE(crc32(entry.subarray(ENTRY.kind)), ENTRY.checksum)
}
