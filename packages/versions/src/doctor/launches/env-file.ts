import { readText } from '../source/read-text.ts'
import { type Setting, settingOf } from './launch.ts'

const LINE = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/

/** `NAME=value`, a line each; undefined where there is no such file. */
export function readEnvFile(file: string): Map<string, Setting> | undefined {
  const text = readText(file)
  if (text === undefined) return undefined
  const settings = new Map<string, Setting>()
  for (const [index, line] of text.split('\n').entries()) {
    const [, name, value = ''] = LINE.exec(line) ?? []
    if (name !== undefined) settings.set(name, settingOf(plain(value), { file, line: index + 1 }))
  }
  return settings
}

/** Without its quotes, and without the comment that may follow. */
function plain(value: string): string {
  const [, , quoted] = /^(["'])(.*?)\1\s*(?:#.*)?$/.exec(value) ?? []
  return quoted ?? value.replace(/(?:^|\s+)#.*$/, '')
}
