import { type Environment, type Launch, type Port, type Setting, settingOf } from './launch.ts'
import { readArguments, readCommand } from './node-command.ts'
import { addToYaml } from './yaml-command.ts'
import { nodeAt, type YamlFile } from './yaml-file.ts'

export interface Container {
  readonly name?: string
  readonly image?: string
  readonly command?: unknown
  readonly args?: unknown
  readonly env?: readonly { name?: string; value?: unknown }[]
  readonly envFrom?: readonly { configMapRef?: { name?: string } }[]
  readonly ports?: readonly { containerPort?: unknown }[]
}

export type Path = readonly (string | number)[]

/** Containers of everything that makes pods: the path to their template by kind. */
const TEMPLATES: Readonly<Record<string, Path>> = {
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  Pod: ['spec'],
}

/** A container of a manifest, and where it stands. */
export interface ContainerPlace {
  readonly file: YamlFile
  readonly path: Path
  readonly container: Container
  readonly network: string
}

export function fromKubernetes(files: readonly YamlFile[]): Launch[] {
  const maps = readConfigMaps(files)
  return findContainers(files).map(place => launchOf(place, maps))
}

export function findContainers(files: readonly YamlFile[]): ContainerPlace[] {
  return files.flatMap(file => {
    const { kind, apiVersion, metadata } = (file.value ?? {}) as Record<string, unknown>
    const path = TEMPLATES[String(kind)]
    if (path === undefined || apiVersion === undefined) return []
    const pod = path.reduce<unknown>((value, step) => (value as Record<string, unknown>)?.[step], file.value)
    const network = `${file.file}#${String((metadata as { name?: unknown } | undefined)?.name)}`
    return ['initContainers', 'containers'].flatMap(list => {
      const containers = (pod as Record<string, unknown> | undefined)?.[list]
      if (!Array.isArray(containers)) return []
      return containers.map((container: Container, index) => {
        return { file, path: [...path, list, index], container, network }
      })
    })
  })
}

function launchOf(
  { file, path, container, network }: ContainerPlace,
  maps: ReadonlyMap<string, ReadonlyMap<string, Setting>>,
): Launch {
  const { name = '', command, args, image } = container
  const words = [command, args].flatMap(each => (Array.isArray(each) ? each.map(String) : []))
  // Without `command` the image's entrypoint runs.
  const byEntrypoint = command === undefined ? readArguments(words) : undefined
  const read = byEntrypoint ?? (words.length === 0 ? undefined : readCommand(words))
  const key = command === undefined ? 'args' : 'command'
  const node = nodeAt(file, ...path, key)
  const addPreload = read === undefined ? undefined : addToYaml(file, node, byEntrypoint !== undefined)
  return {
    kind: 'kubernetes',
    label: name,
    file: file.file,
    line: file.lineOf(node ?? nodeAt(file, ...path)),
    command: read,
    environment: readEnvironment(file, path, container, maps, image !== undefined),
    ports: readPorts(file, path, container),
    network,
    ...(image !== undefined && { image }),
    ...(addPreload !== undefined && { addPreload }),
  }
}

function readEnvironment(
  file: YamlFile,
  path: Path,
  { env = [], envFrom = [] }: Container,
  maps: ReadonlyMap<string, ReadonlyMap<string, Setting>>,
  isWhole: boolean,
): Environment {
  const settings = new Map<string, Setting>()
  // A patch says a part only; a map that is made elsewhere says anything.
  let isComplete = isWhole
  for (const { configMapRef } of envFrom) {
    const map = maps.get(configMapRef?.name ?? '')
    if (map === undefined) isComplete = false
    for (const [name, setting] of map ?? []) settings.set(name, setting)
  }
  for (const [index, { name, value }] of env.entries()) {
    const place = { file: file.file, line: file.lineOf(nodeAt(file, ...path, 'env', index)) }
    if (name !== undefined) settings.set(name, settingOf(value, place))
  }
  return { settings, isComplete }
}

function readPorts(file: YamlFile, path: Path, { ports = [] }: Container): Port[] {
  return ports.flatMap(({ containerPort }, index) => {
    const line = file.lineOf(nodeAt(file, ...path, 'ports', index))
    return containerPort === undefined ? [] : [{ number: Number(containerPort), file: file.file, line }]
  })
}

/** ConfigMaps, and those that kustomize makes of literals. */
function readConfigMaps(files: readonly YamlFile[]): Map<string, Map<string, Setting>> {
  const maps = new Map<string, Map<string, Setting>>()
  for (const file of files) {
    const { kind, metadata, data, configMapGenerator } = (file.value ?? {}) as Record<string, unknown>
    if (kind === 'ConfigMap' && typeof data === 'object' && data !== null) {
      const entries = Object.entries(data).map(([name, value]) => {
        const line = file.lineOf(nodeAt(file, 'data', name))
        return [name, settingOf(value, { file: file.file, line })] as const
      })
      maps.set(String((metadata as { name?: unknown })?.name), new Map(entries))
    }
    if (!Array.isArray(configMapGenerator)) continue
    for (const [index, { name, literals = [] }] of configMapGenerator.entries()) {
      const line = file.lineOf(nodeAt(file, 'configMapGenerator', index))
      const entries = (literals as string[]).map(literal => {
        const [key = '', value = ''] = literal.split(/=(.*)/s)
        return [key, settingOf(value, { file: file.file, line })] as const
      })
      maps.set(String(name), new Map([...(maps.get(String(name)) ?? []), ...entries]))
    }
  }
  return maps
}
