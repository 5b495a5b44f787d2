import { readdirSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { foldDead } from '../../src/ledger/fold.ts'
import type { Libc } from '../../src/segment/libc.ts'
import { DirectoryReader, type Snapshot } from '../../src/snapshot/directory-reader.ts'
import { DYING_STREAMS, NOTE, valueIn } from './dying.ts'
import { LIVING } from './scene.ts'
import { countAndSum, totalsOf } from './totals.ts'

/** What may be there when everything is folded. */
const LASTING: ReadonlySet<string> = new Set(['ledger', 'join.lock', 'fold.lock', LIVING])
/** When heartbeats and newborns are old. */
const LATER_MS = 120_000

interface Death {
  readonly store: 'mapped' | 'heap'
  readonly alone: boolean
  readonly isTimed: boolean
}

/** Throws if anything is wrong with what a killed process has left behind, before and after it is folded. */
export function examine(
  directory: string,
  death: Death,
  notes: Float64Array,
  known: ReadonlyMap<string, string>,
  libc: Libc,
): void {
  const now = () => Date.now() + (death.store === 'heap' ? LATER_MS : 0)
  const before = look(directory, now, snapshot => {
    expectRecorded(snapshot, death, notes)
    return totalsOf(snapshot)
  })
  // Who clears away an ended run may be killed half-way through it.
  if (!death.alone) expectKnown(before, known)

  fold(directory, libc, now)
  expectSame(before, look(directory, now, totalsOf), 'folded')
  fold(directory, libc, () => Date.now() + LATER_MS)
  expectSame(before, look(directory, now, totalsOf), 'folded twice')
  const left = readdirSync(directory).filter(name => !LASTING.has(name))
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`)
}

/** Acknowledged: there, once. Under way: wholly there or not at all. */
function expectRecorded(snapshot: Snapshot, { store, isTimed }: Death, notes: Float64Array): void {
  if (snapshot.damaged.length > 0) throw new Error(`damaged: ${snapshot.damaged[0].why}`)
  DYING_STREAMS.forEach(({ name }, stream) => {
    const begun = notes[NOTE.streams + 2 * stream]
    const finished = notes[NOTE.streams + 2 * stream + 1]
    const [count, sum] = countAndSum(snapshot, name)
    if (count < finished || count > begun)
      throw new Error(`${name}: ${finished} finished, ${begun} begun, ${count} there`)
    // Between two steps the sum may be a measurement ahead of the count, and a heap writer is written out in parts.
    const mayDiffer = isTimed || store === 'heap'
    const isRight = mayDiffer ? sum >= sumOf(finished) && sum <= sumOf(begun) : sum === sumOf(count)
    if (!isRight) throw new Error(`${name}: the sum of ${count} is ${sum}, not ${sumOf(count)}`)
  })
}

function sumOf(rounds: number): number {
  let sum = 0
  for (let round = 0; round < rounds; round++) sum += valueIn(round)
  return sum
}

function expectKnown(totals: ReadonlyMap<string, string>, known: ReadonlyMap<string, string>): void {
  for (const [series, values] of known) {
    if (totals.get(series) !== values) throw new Error(`${series} was ${values} and is ${totals.get(series)}`)
  }
}

function expectSame(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  when: string,
): void {
  const sorted = (totals: ReadonlyMap<string, string>) => [...totals].toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (isDeepStrictEqual(sorted(before), sorted(after))) return
  for (const [series, values] of before) {
    if (after.get(series) !== values)
      throw new Error(`${when}: ${series} was ${values} and is ${after.get(series)}`)
  }
  throw new Error(`${when}: ${after.size - before.size} series appeared`)
}

function look<T>(directory: string, now: () => number, see: (snapshot: Snapshot) => T): T {
  const reader = new DirectoryReader(directory, now)
  try {
    return see(reader.read())
  } finally {
    reader.close()
  }
}

function fold(directory: string, libc: Libc, now: () => number): void {
  const reader = new DirectoryReader(directory, now)
  try {
    foldDead(reader, libc, now)
  } finally {
    reader.close()
  }
}
