import { constants, linkSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { MAX_WORKERS, NEWBORN_LEDGER_PREFIX, NEWBORN_PREFIX, segmentName, workerOf } from './files.ts'
import { randomBytes } from './random.ts'
import { removeFile } from './remove-file.ts'

/** A file that is being made, under a name that no reader looks at. */
export interface Newborn {
  readonly path: string
  readonly fd: number
  /** Removes the temporary name; the file stays if it got another. */
  forget(): void
}

export function createNewborn(directory: string, role: 'segment' | 'ledger' = 'segment'): Newborn {
  const prefix = role === 'ledger' ? NEWBORN_LEDGER_PREFIX : NEWBORN_PREFIX
  const path = join(directory, prefix + randomBytes(8).toString('hex'))
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDWR } = constants
  const fd = openSync(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
  return { path, fd, forget: () => removeFile(path) }
}

/**
 * Gives a newborn segment the smallest free worker number. `prepare` writes the number into the file before the
 * name appears. `link` fails where a name exists, so two processes never get the same one.
 */
export function nameSegment<T>(directory: string, path: string, prepare: (worker: number) => T): T {
  const taken = new Set(readdirSync(directory).map(workerOf))
  for (let worker = 0; worker < MAX_WORKERS; worker++) {
    if (taken.has(worker)) continue
    const prepared = prepare(worker)
    try {
      linkSync(path, join(directory, segmentName(worker)))
      return prepared
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  throw new Error(`${directory} holds ${MAX_WORKERS} segments already`)
}
