import { relative } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import type { ChangedFile } from './apply-edits.ts'

/** The changes as `git apply` takes them, paths relative to the folder. */
export function describeChanges(changes: readonly ChangedFile[], directory: string): string {
  return changes
    .map(({ file, before, after }) => {
      const path = relative(directory, file)
      const old = before === '' ? '/dev/null' : `a/${path}`
      return createTwoFilesPatch(old, `b/${path}`, before, after, undefined, undefined, { context: 3 })
        .replace(/^=+\n/, '')
        .replaceAll(/^(---|\+\+\+) (\S+)\t$/gm, '$1 $2')
    })
    .join('')
}
