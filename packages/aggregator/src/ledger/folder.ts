import { loadLibc } from '../segment/libc.ts'
import type { DirectoryReader } from '../snapshot/directory-reader.ts'
import { hasDead } from '../snapshot/has-dead.ts'
import { foldDead } from './fold.ts'

/**
 * Gives a function that folds when there is somebody to fold, for whoever reads a directory again and again. A
 * failure (a full disk) leaves the dead where they are, still counted, and is said once.
 */
export function folder(reader: DirectoryReader, warn: (line: string) => void): () => void {
  const loaded = loadLibc()
  let warned = false
  return () => {
    try {
      if ('libc' in loaded && hasDead(reader.directory, loaded.libc)) foldDead(reader, loaded.libc)
      warned = false
    } catch (error) {
      if (!warned) warn(`the totals of dead workers could not be folded yet (${(error as Error).message})`)
      warned = true
    }
  }
}
