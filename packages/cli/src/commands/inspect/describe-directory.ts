import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  EXPORTED_PREFIX,
  EXPOSER_ADDRESS,
  EXPOSER_LOCK,
  FOLD_LOCK,
  isHeld,
  JOIN_LOCK,
  LEDGER,
  NEWBORN_PREFIX,
  PUSH_LOCK,
  workerOf,
} from '@tutti/aggregator/inspect'
import { Failure } from '../../arguments/failure.ts'
import { readText } from '../../source/read-text.ts'
import { printable } from '../../terminal/printable.ts'
import { Progress } from '../../terminal/progress.ts'
import { decodeFile } from './decode-file.ts'
import type { DecodedFile } from './decoded.ts'

export interface DescribedDirectory {
  readonly path: string
  readonly files: readonly DescribedFile[]
}

export interface DescribedFile {
  readonly name: string
  readonly bytes: number
  /** What it is. */
  readonly what: string
  /** What it says. */
  readonly says: string
  readonly problems: readonly string[]
}

/** Every file of a directory: what it is, who holds it, what it says. */
export function describeDirectory(path: string): DescribedDirectory {
  const progress = new Progress()
  const names = namesIn(path)
  const files = names.map((name, index) => {
    progress.step(`file ${index + 1} of ${names.length}`)
    return describe(path, name)
  })
  progress.end()
  return { path, files }
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  } catch (error) {
    throw new Failure(
      `${path} can't be read: ${(error as Error).message}. Run this as the user of the service.`,
    )
  }
}

const LOCKS: Readonly<Record<string, string>> = {
  [JOIN_LOCK]: 'held while a writer joins',
  [FOLD_LOCK]: 'held while the dead are folded',
  [EXPOSER_LOCK]: 'held by the exposer',
  [PUSH_LOCK]: 'held by who pushes',
}

function describe(directory: string, name: string): DescribedFile {
  const path = join(directory, name)
  const bytes = lstatSync(path, { throwIfNoEntry: false })?.size ?? 0
  const plain = { name: printable(name), bytes, problems: [] }
  if (LOCKS[name] !== undefined)
    return { ...plain, what: `lock, ${LOCKS[name]}`, says: isHeld(directory, name) ? 'held' : 'free' }
  if (name === EXPOSER_ADDRESS) return { ...plain, what: 'where the exposer listens', says: addressIn(path) }
  if (name.startsWith(EXPORTED_PREFIX)) return { ...plain, what: 'what a push reader has exported', says: '' }
  if (name.startsWith(NEWBORN_PREFIX)) return { ...plain, what: 'being made', says: '' }
  if (name !== LEDGER && workerOf(name) === undefined) return { ...plain, what: 'not ours', says: '' }
  return describeSegment(directory, name, plain)
}

function addressIn(path: string): string {
  try {
    return printable(readText(path).trim().slice(0, 200))
  } catch (error) {
    return (error as Error).message
  }
}

function describeSegment(
  directory: string,
  name: string,
  plain: Pick<DescribedFile, 'name' | 'bytes' | 'problems'>,
): DescribedFile {
  const what = name === LEDGER ? 'ledger: the totals of the dead' : `segment of worker ${workerOf(name)}`
  let file: DecodedFile
  try {
    file = decodeFile(join(directory, name), 0)
  } catch (error) {
    return { ...plain, what, says: '', problems: [(error as Error).message] }
  }
  return { ...plain, what, says: saidBy(file, directory, name), problems: file.problems }
}

function saidBy(file: DecodedFile, directory: string, name: string): string {
  const value = (field: string) => file.header.find(each => each.name === field)?.value ?? '?'
  const counted = `${file.moreEntries} entries`
  if (name === LEDGER)
    return `${value('foldedEnded')} ended and ${value('foldedKilled')} killed writers, ${counted}`
  const held = isHeld(directory, name)
  const ageSeconds = (Date.now() - Number(value('heartbeatMs'))) / 1_000
  const life =
    held === undefined
      ? ''
      : held
        ? 'alive'
        : value('state') === '1'
          ? 'ended, not folded yet'
          : 'dead, not folded yet'
  return `${life}, pid ${value('pid')}, thread ${value('threadId')}, heartbeat ${ageSeconds.toFixed(1)} s ago, ${counted}`
}
