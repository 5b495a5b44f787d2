import { unlinkSync } from 'node:fs'

/** Removes a file, if it is one and still there: several may clear up at once, and a directory is nothing of ours. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // Gone already, a directory, or not ours to remove.
  }
}
