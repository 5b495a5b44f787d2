import { byteCount } from '@tutti/console'
import { bad, heading } from '../../terminal/style.ts'
import { table } from '../../terminal/table.ts'
import type { DescribedDirectory } from './describe-directory.ts'

export function directoryText({ path, files }: DescribedDirectory): string {
  const rows = files.map(({ name, bytes, what, says }) => [name, byteCount(bytes), what, says])
  return [
    heading(path),
    table(
      [{ title: 'FILE' }, { title: 'SIZE', right: true }, { title: 'WHAT IT IS' }, { title: 'WHAT IT SAYS' }],
      rows,
    ),
    ...files.flatMap(({ name, problems }) => problems.map(problem => bad(`${name}: damaged: ${problem}`))),
  ].join('\n')
}
