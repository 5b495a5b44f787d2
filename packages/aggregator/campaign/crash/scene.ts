import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { joinDirectory } from '../../src/directory/join.ts'
import { foldDead } from '../../src/ledger/fold.ts'
import type { Libc } from '../../src/segment/libc.ts'
import { DirectoryReader } from '../../src/snapshot/directory-reader.ts'
import { requireLibc } from '../../test/libc.ts'
import { define, publish, renumber } from '../publish.ts'
import { totalsOf } from './totals.ts'

/** A directory as it is found by who is going to die: with dead writers, a ledger, and something half folded. */
export interface Template {
  readonly directory: string
  /** What everybody must go on seeing. */
  readonly totals: ReadonlyMap<string, string>
}

/** The file of a writer that lives through it all, so that the run goes on. */
export const LIVING = '9.segment'

export function makeTemplate(parent: string): Template {
  const directory = join(parent, 'template')
  const libc = requireLibc()
  // One that is in the ledger already and whose file is still there, as if the folder had died before removing it.
  writeDead(directory, 3)
  const halfFolded = readFileSync(join(directory, '0.segment'))
  const reader = new DirectoryReader(directory)
  foldDead(reader, libc)
  writeFileSync(join(directory, '8.segment'), renumber(halfFolded, 8))
  // Two that died since, and one that will live; a newborn whose maker died.
  const living = joinDirectory(directory, { warn: () => {} })
  writeDead(directory, 5)
  writeDead(directory, 7)
  writeDead(directory, 11)
  writeFileSync(join(directory, LIVING), renumber(readFileSync(join(directory, '3.segment')), 9))
  rmSync(join(directory, '3.segment'))
  living.end()
  rmSync(join(directory, '0.segment'))
  writeFileSync(join(directory, 'new-ledger-abandoned'), 'half')
  const totals = totalsOf(reader.read())
  reader.close()
  return { directory, totals }
}

/** A writer that joins, records, and is no more. */
function writeDead(directory: string, factor: number): void {
  const writer = joinDirectory(directory, { warn: () => {} })
  const sum = publish(writer, define('known.sum', 'COUNTER', { type: 'sum' }))
  const exponential = {
    type: 'exponentialBuckets',
    maxSize: 10,
    negative: false,
    recordMinMax: true,
  } as const
  const histogram = publish(writer, define('known.histogram', 'HISTOGRAM', exponential))
  for (const series of [0, 1, 2]) {
    // A tenth can't be written as a float: what is lost to rounding must not be lost by folding.
    sum([['series', series]]).record(factor / 10)
    const one = histogram([['series', series]])
    for (let value = 1; value < 6; value++) one.record(value ** factor / 10)
  }
  writer.end()
}

/** A copy of the template with a living writer in it. Returns how to end it. */
export function setScene(template: Template, directory: string, libc: Libc): () => void {
  mkdirSync(directory, { mode: 0o700 })
  for (const name of readdirSync(template.directory)) {
    if (name.endsWith('.lock')) continue
    copyFileSync(join(template.directory, name), join(directory, name))
  }
  const fd = openSync(join(directory, LIVING), 'r+')
  libc.lock(fd, 'exclusive')
  return () => closeSync(fd)
}
