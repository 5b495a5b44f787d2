import type { JSONInstruction } from 'dockerfile-ast'
import type { Edit } from '../finding.ts'
import { readText } from '../source/read-text.ts'
import { ADDED_WORDS, addToLine, placeInWords } from './add-preload.ts'
import { lineOf, readImage } from './dockerfile-stages.ts'
import type { Launch } from './launch.ts'
import { type NodeCommand, readArguments, readCommand } from './node-command.ts'

/** What an image runs: ENTRYPOINT and CMD of its last stage; the image of Node runs `node` with what it is given. */
export function fromDockerfile(file: string): Launch[] {
  const image = readImage(file)
  if (image === undefined || (image.command ?? image.entrypoint) === undefined) return []
  const { entrypoint, command } = image
  const first = entrypoint === undefined ? undefined : wordsOf(entrypoint)
  const second = command === undefined ? undefined : wordsOf(command)
  const words = [...(first?.words ?? []), ...(second?.words ?? [])]
  const line = (second ?? first)?.line
  const isPlain = line === undefined || (entrypoint !== undefined && command !== undefined)
  const read = isPlain ? (readCommand(words) ?? readArguments(words)) : readCommand(line)
  const shown = command ?? entrypoint
  const addPreload = read === undefined ? undefined : addTo(file, entrypoint, command, read)
  return [
    {
      kind: 'dockerfile',
      label: image.base,
      file,
      line: shown === undefined ? 1 : lineOf(shown),
      command: read,
      // Whoever runs it may set more.
      environment: { settings: image.settings, isComplete: false },
      ports: image.ports,
      ...(addPreload !== undefined && { addPreload }),
    },
  ]
}

/** A list of words in JSON, or a line for the shell. */
function wordsOf(instruction: JSONInstruction): { words: string[]; line?: string } {
  const strings = instruction.getJSONStrings()
  if (instruction.getOpeningBracket() !== null) return { words: strings.map(each => each.getJSONValue()) }
  const line = instruction.getRawArgumentsContent() ?? ''
  return { words: ['sh', '-c', line], line }
}

function addTo(
  file: string,
  entrypoint: JSONInstruction | undefined,
  command: JSONInstruction | undefined,
  read: NodeCommand,
): Edit[] | undefined {
  if (read.runner === 'script' || read.runner === 'pm2') return undefined
  const text = readText(file) ?? ''
  for (const instruction of [command, entrypoint]) {
    if (instruction === undefined) continue
    const { words, line } = wordsOf(instruction)
    if (line !== undefined) {
      const changed = addToLine(line)
      const offset = text.indexOf(line, offsetOf(text, lineOf(instruction) - 1, 0))
      if (changed !== undefined && offset !== -1)
        return [{ file, offset, length: line.length, text: changed }]
      continue
    }
    const before = instruction === command && entrypoint !== undefined ? wordsOf(entrypoint).words : ['node']
    const isAfterNode = readCommand(words) === undefined && /(?:^|\/)node$/.test(before.at(-1) ?? '')
    const place = placeInWords(words, isAfterNode)
    const target = place === undefined ? undefined : instruction.getJSONStrings()[place]
    if (target === undefined) continue
    const { line: row, character } = target.getRange().start
    const added = ADDED_WORDS.map(word => `${JSON.stringify(word)}, `).join('')
    return [{ file, offset: offsetOf(text, row, character), length: 0, text: added }]
  }
  return undefined
}

/** Of a place that Docker's parser names, lines and characters from 0. */
export function offsetOf(text: string, row: number, character: number): number {
  let offset = 0
  for (let at = 0; at < row; at++) offset = text.indexOf('\n', offset) + 1
  return offset + character
}
