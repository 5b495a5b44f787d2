import { readJsonFile } from '../source/json-file.ts'
import { readText } from '../source/read-text.ts'
import { ADDED_WORDS, placeInWords } from './add-preload.ts'
import { type Launch, settingOf } from './launch.ts'
import { readArguments, readCommand } from './node-command.ts'

interface Container {
  readonly name?: string
  readonly command?: readonly string[]
  readonly entryPoint?: readonly string[]
  readonly environment?: readonly { name?: string; value?: string }[]
  readonly environmentFiles?: readonly unknown[]
  readonly portMappings?: readonly { containerPort?: number }[]
}

/** A task definition of Amazon ECS. Its containers share a network, so one may scrape another by loopback. */
export function fromEcs(file: string): Launch[] {
  if (!readText(file)?.includes('"containerDefinitions"')) return []
  const json = readJsonFile<{ containerDefinitions?: readonly Container[]; networkMode?: string }>(file)
  if (json === undefined || json === 'broken' || !Array.isArray(json.value.containerDefinitions)) return []
  return json.value.containerDefinitions.map((container: Container, index): Launch => {
    const {
      name = '',
      command = [],
      entryPoint = [],
      environment = [],
      environmentFiles,
      portMappings = [],
    } = container
    const words = [...entryPoint, ...command]
    const byEntrypoint = entryPoint.length === 0 ? readArguments(words) : undefined
    const at = (...path: (string | number)[]) => json.lineOf('containerDefinitions', index, ...path)
    const key = command.length > 0 ? 'command' : 'entryPoint'
    const place = placeInWords(command, byEntrypoint !== undefined || entryPoint.at(-1) === 'node')
    const node =
      place === undefined ? undefined : json.nodeAt('containerDefinitions', index, 'command', place)
    const text = ADDED_WORDS.map(word => `${JSON.stringify(word)}, `).join('')
    const settings = environment.map((each, item) => {
      return [each.name ?? '', settingOf(each.value, { file, line: at('environment', item) })] as const
    })
    const read = byEntrypoint ?? readCommand(words)
    return {
      kind: 'ecs',
      label: name,
      file,
      line: at(key),
      command: read,
      environment: { settings: new Map(settings), isComplete: environmentFiles === undefined },
      ports: portMappings.flatMap(({ containerPort }, item) => {
        return containerPort === undefined
          ? []
          : [{ number: containerPort, file, line: at('portMappings', item) }]
      }),
      ...(json.value.networkMode === 'awsvpc' && { network: file }),
      ...(node !== undefined && { addPreload: [{ file, offset: node.offset, length: 0, text }] }),
    }
  })
}
