import { readFileSync } from 'node:fs'
import { Failure } from '../arguments/failure.ts'

/** Throws {@link Failure} for a file that can't be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Failure(`${path} can't be read: ${(error as Error).message}. Is it the right file?`)
  }
}
