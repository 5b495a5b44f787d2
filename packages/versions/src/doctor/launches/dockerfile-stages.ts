import {
  type Cmd,
  DockerfileParser,
  type Entrypoint,
  type Env,
  type From,
  type Instruction,
} from 'dockerfile-ast'
import { readText } from '../source/read-text.ts'
import { type Port, type Setting, settingOf } from './launch.ts'

/** What the image that a Dockerfile makes is like: its last stage, with what that has from stages before. */
export interface Image {
  /** What the first of its stages begins with, `node:22-slim`, with the defaults of ARG put in. */
  readonly base: string
  readonly baseLine: number
  readonly settings: ReadonlyMap<string, Setting>
  readonly ports: readonly Port[]
  readonly entrypoint: Entrypoint | undefined
  readonly command: Cmd | undefined
  /** Commands that are run while it is made. */
  readonly runs: readonly { readonly text: string; readonly line: number }[]
}

export function readImage(file: string): Image | undefined {
  const text = readText(file)
  if (text === undefined) return undefined
  const stages = new Map<string, Image>()
  const defaults = new Map<string, string>()
  let image: Image | undefined
  let name: string | undefined
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword()
    if (keyword === 'ARG') keepDefault(instruction, defaults)
    if (keyword === 'FROM') {
      if (image !== undefined && name !== undefined) stages.set(name, image)
      const from = instruction as From
      name = from.getBuildStage() ?? undefined
      image = begin(fill(from.getImage() ?? '', defaults), lineOf(instruction), stages)
    } else if (image !== undefined) image = take(image, instruction, file)
  }
  return image
}

function keepDefault(instruction: Instruction, defaults: Map<string, string>): void {
  const [name = '', value] = (instruction.getArgumentsContent() ?? '').split(/=(.*)/s)
  if (value !== undefined) defaults.set(name.trim(), value.trim().replaceAll(/^"|"$/g, ''))
}

function fill(image: string, defaults: ReadonlyMap<string, string>): string {
  return image.replaceAll(
    /\$\{?(\w+)(?::-([^}]*))?\}?/g,
    (whole, name, other) => defaults.get(name) ?? other ?? whole,
  )
}

/** A stage that begins with another one has all that that has; what was run for it was run. */
function begin(base: string, baseLine: number, stages: ReadonlyMap<string, Image>): Image {
  const other = stages.get(base)
  if (other !== undefined) return other
  return {
    base,
    baseLine,
    settings: new Map(),
    ports: [],
    entrypoint: undefined,
    command: undefined,
    runs: [],
  }
}

function take(image: Image, instruction: Instruction, file: string): Image {
  const line = lineOf(instruction)
  const content = instruction.getArgumentsContent() ?? ''
  switch (instruction.getKeyword()) {
    case 'ENV': {
      const set = (instruction as Env).getProperties().map(property => {
        return [
          property.getName(),
          settingOf(property.getValue(), { file, line: property.getRange().start.line + 1 }),
        ] as const
      })
      return { ...image, settings: new Map([...image.settings, ...set]) }
    }
    case 'EXPOSE': {
      const ports = [...content.matchAll(/\b(\d+)\b/g)].map(([, number]) => ({
        number: Number(number),
        file,
        line,
      }))
      return { ...image, ports: [...image.ports, ...ports] }
    }
    case 'RUN':
      return { ...image, runs: [...image.runs, { text: content, line }] }
    case 'ENTRYPOINT':
      // As Docker has it: a new entrypoint forgets the command that a stage before had.
      return { ...image, entrypoint: instruction as Entrypoint, command: undefined }
    case 'CMD':
      return { ...image, command: instruction as Cmd }
    default:
      return image
  }
}

export function lineOf(instruction: Instruction): number {
  return instruction.getRange().start.line + 1
}
