import { lstatSync } from 'node:fs'
import { EXIT, type ExitCode } from '../../arguments/command.ts'
import { Failure } from '../../arguments/failure.ts'
import type { Given } from '../../arguments/given.ts'
import { chooseSource } from '../../source/source.ts'
import { print, printJson } from '../../terminal/print.ts'
import { bytesText } from './bytes-text.ts'
import { decodeFile } from './decode-file.ts'
import { describeDirectory } from './describe-directory.ts'
import { directoryText } from './directory-text.ts'
import { fileText } from './file-text.ts'

export async function run(given: Given): Promise<ExitCode> {
  const limit = given.number('limit', { min: 0, max: 1e9 }) ?? 200
  const path = pathOf(given.operands[0])
  const isJson = given.isOn('json')
  if (lstatSync(path).isDirectory()) {
    if (given.isOn('bytes'))
      throw new Failure(`${path} is a directory. Name one of its files to see it byte by byte.`)
    const described = describeDirectory(path)
    if (isJson) printJson(described)
    else print(directoryText(described))
    return described.files.some(({ problems }) => problems.length > 0) ? EXIT.findings : EXIT.ok
  }
  const decoded = decodeFile(path, limit === 0 ? Number.POSITIVE_INFINITY : limit)
  if (isJson) printJson(decoded)
  else print(given.isOn('bytes') ? bytesText(decoded) : fileText(decoded))
  return decoded.problems.length > 0 ? EXIT.findings : EXIT.ok
}

/** A file may be anything, also a link to nowhere: then it is said what it is. */
function pathOf(operand: string | undefined): string {
  if (operand !== undefined && lstatSync(operand, { throwIfNoEntry: false }) !== undefined) return operand
  const source = chooseSource(operand)
  if (source.kind === 'directory') return source.directory
  if (source.kind === 'file') return source.path
  throw new Failure(
    'only files and directories can be inspected. For the page at a URL there is "tutti show".',
  )
}
