import type { ExitCode } from '../../arguments/command.ts'
import type { Given } from '../../arguments/given.ts'
import { build } from '../monitoring/build.ts'
import { writeFiles } from '../monitoring/write.ts'

export async function run(given: Given): Promise<ExitCode> {
  const { job, files } = await build(given)
  return writeFiles(
    given,
    job,
    files.filter(({ path }) => path.startsWith('prometheus/')),
  )
}
