import { SegmentError } from './identity.ts'

/** A file with a segment's or the ledger's name that can't be read, or not all of it. */
export interface BadFile {
  readonly path: string
  readonly why: string
  /** When this reader first saw it so, by its clock. */
  readonly sinceMs: number
  /** Whether it holds nothing that anybody could read: then a fold removes it in the end. */
  readonly hopeless: boolean
}

/** The process has run out of something: that says nothing about the file, and what it holds must not be left out. */
const EXHAUSTED: ReadonlySet<string | undefined> = new Set(['EMFILE', 'ENFILE', 'ENOMEM'])

/**
 * What an error of opening or reading a file says about the file. Throws the error when it says nothing: a scrape
 * that fails is a gap, one that leaves out a good segment is a lie.
 */
export function judge(error: unknown): { why: string; reason: 'damaged' | 'version' | 'unreadable' } {
  if (error instanceof SegmentError) return { why: error.what, reason: error.reason }
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined || EXHAUSTED.has(code)) throw error
  return { why: message.split(',')[0], reason: 'unreadable' }
}
