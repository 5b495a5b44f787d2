import { readText } from '../source/read-text.ts'
import { type Setting, settingOf } from './launch.ts'

/** `NAME=value`, a line each; undefined where there is no such file. */
export function readEnvFile(file: string): Map<string, Setting> | undefined {
  const text = readText(file)
  if (text === undefined) return undefined
  const settings = new Map<string, Setting>()
  for (const [index, line] of text.split('\n').entries()) {
    const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    const plain = value.replace(/^(["'])(.*)\1$/, '$2')
    if (name !== undefined) settings.set(name, settingOf(plain, { file, line: index + 1 }))
  }
  return settings
}
