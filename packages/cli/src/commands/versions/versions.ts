import { type FormatName, formats, sets, type VersionSet } from '@tutti/versions'
import { EXIT, type ExitCode } from '../../arguments/command.ts'
import { Failure } from '../../arguments/failure.ts'
import type { Given } from '../../arguments/given.ts'
import { print, printJson } from '../../terminal/print.ts'
import { pinFolders } from './pin-folders.ts'
import { setsText, setText } from './sets-text.ts'

export async function run(given: Given): Promise<ExitCode> {
  const [name, ...folders] = given.operands
  const set = name === undefined ? undefined : find(name)
  const format = chosenFormat(given)
  if (given.isOn('write') || given.isOn('check')) {
    if (format === undefined) throw new Failure(`no tool is named. Give one of ${flags()}.`)
    if (given.isOn('write') && given.isOn('check')) throw new Failure('give --write or --check, not both.')
    return pinFolders(set ?? sets[0]!, format, folders.length > 0 ? folders : ['.'], given.isOn('write'))
  }
  if (folders.length > 0)
    throw new Failure(`${JSON.stringify(folders[0])} is a folder: give --write or --check with it.`)
  if (format !== undefined) print(formats[format].print(set ?? sets[0]!))
  else if (given.isOn('json')) printJson(set ?? sets)
  else print(set === undefined ? setsText(sets) : setText(set))
  return EXIT.ok
}

function find(name: string): VersionSet {
  const set = sets.find(each => each.name === name)
  if (set !== undefined) return set
  const names = sets.map(each => each.name).join(', ')
  throw new Failure(`there is no set ${JSON.stringify(name)}. Sets: ${names}. A folder comes after the set.`)
}

function chosenFormat(given: Given): FormatName | undefined {
  const chosen = (Object.keys(formats) as FormatName[]).filter(name => given.isOn(name))
  if (chosen.length > 1) throw new Failure(`--${chosen[0]} and --${chosen[1]} are two tools. Give one.`)
  return chosen[0]
}

function flags(): string {
  return Object.keys(formats)
    .map(name => `--${name}`)
    .join(', ')
}
