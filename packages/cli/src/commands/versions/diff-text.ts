import { createTwoFilesPatch } from 'diff'
import { printable } from '../../terminal/printable.ts'
import { bad, good, heading } from '../../terminal/style.ts'

/** A file's change as `git diff` shows it. */
export function diffText(path: string, before: string | undefined, after: string): string {
  const old = before === undefined ? '/dev/null' : path
  const patch = createTwoFilesPatch(old, path, before ?? '', after, undefined, undefined, { context: 3 })
  return patch
    .replace(/^=+\n/, '')
    .trimEnd()
    .split('\n')
    .map(line => colored(line.trimEnd().split('\t').map(printable).join('\t')))
    .join('\n')
}

function colored(line: string): string {
  if (/^(?:---|\+\+\+|@@) /.test(line)) return heading(line)
  if (line.startsWith('+')) return good(line)
  return line.startsWith('-') ? bad(line) : line
}
