import { libcIfThere } from '../segment/libc.ts'
import type { DirectoryReader } from '../snapshot/directory-reader.ts'
import { hasDead } from '../snapshot/has-dead.ts'
import type { SegmentReader } from '../snapshot/segment-reader.ts'
import { foldDead } from './fold.ts'

/**
 * Gives a function that folds when there is somebody to fold, for whoever reads a directory again and again. A
 * failure (a full disk) leaves the dead where they are, still counted, and is said once. It returns whether anybody was
 * folded.
 */
export function folder(
  reader: DirectoryReader,
  warn: (line: string) => void,
  onFolded?: (dead: readonly SegmentReader[]) => void,
): () => boolean {
  const libc = libcIfThere()
  let warned = false
  return () => {
    try {
      const isToFold = libc !== undefined && hasDead(reader.directory, libc)
      const count = isToFold ? foldDead(reader, libc, Date.now, onFolded) : 0
      warned = false
      return count > 0
    } catch (error) {
      if (!warned) warn(`the totals of dead workers could not be folded yet (${(error as Error).message})`)
      warned = true
      return false
    }
  }
}
