import { namesPreload, readCommand } from './node-command.ts'

export const FLAG: string = '--require @tutti/preload'
/** A program that takes Node's options itself, as a word of a shell's line. */
const RUNNER = /(?<=^|[\s;&|("'=])(?:[\w./-]*\/)?(?:node|nodejs|tsx)(?=\s+[^\s&|;])/g

/** A shell's line that starts Node with the preload; undefined where that is no matter of one flag. */
export function addToLine(line: string): string | undefined {
  const before = readCommand(line)
  if (before === undefined || before.runner === 'script' || before.runner === 'pm2') return undefined
  if (namesPreload(before.preloaded)) return undefined
  if (before.runner === 'tool') return addToTool(line, before.program)
  // The one that counts is not always the last word of that name: whichever makes the difference is it.
  for (const match of [...line.matchAll(RUNNER)].reverse()) {
    const end = match.index + match[0].length
    const changed = `${line.slice(0, end)} ${FLAG}${line.slice(end)}`
    const after = readCommand(changed)
    if (after?.entry === before.entry && after !== undefined && namesPreload(after.preloaded)) return changed
  }
  return undefined
}

/** Node is started by somebody else, so the flag goes by NODE_OPTIONS. Only a line of a POSIX shell can say so. */
function addToTool(line: string, program: string): string | undefined {
  if (/NODE_OPTIONS/.test(line)) return undefined
  const crossEnv = /\bcross-env(?:-shell)?\s+/.exec(line)
  const at = crossEnv === null ? line.lastIndexOf(program) : crossEnv.index + crossEnv[0].length
  if (at > 0 && !/[\s;&|]/.test(line[at - 1]!)) return undefined
  const quote = line.includes("'") ? '"' : "'"
  const changed = `${line.slice(0, at)}NODE_OPTIONS=${quote}${FLAG}${quote} ${line.slice(at)}`
  const after = readCommand(changed)
  return after !== undefined && namesPreload(after.preloaded) ? changed : undefined
}

/** The same for words: where the two further words go; undefined where they can't. */
export function placeInWords(words: readonly string[], isAfterNode: boolean = false): number | undefined {
  const place = isAfterNode ? 0 : words.findIndex(word => /(?:^|\/)(?:node|nodejs|tsx)$/.test(word)) + 1
  if (!isAfterNode && place === 0) return undefined
  const changed = [...words.slice(0, place), ...ADDED_WORDS, ...words.slice(place)]
  const command = readCommand(isAfterNode ? ['node', ...changed] : changed)
  return command !== undefined && namesPreload(command.preloaded) ? place : undefined
}

export const ADDED_WORDS: readonly string[] = FLAG.split(' ')
