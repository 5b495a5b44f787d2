import { dirname, join, resolve } from 'node:path'
import { readEnvFile } from './env-file.ts'
import { type Environment, type Launch, type Port, type Setting, settingOf } from './launch.ts'
import { readArguments, readCommand } from './node-command.ts'
import { addToYaml } from './yaml-command.ts'
import { nodeAt, type YamlFile } from './yaml-file.ts'

interface Service {
  readonly image?: string
  readonly build?: unknown
  readonly command?: unknown
  readonly entrypoint?: unknown
  readonly environment?: unknown
  readonly env_file?: unknown
  readonly ports?: readonly unknown[]
  readonly expose?: readonly unknown[]
  readonly network_mode?: string
}

/** Compose files: whatever has `services`, each with an image or something to build. */
export function fromCompose(files: readonly YamlFile[]): Launch[] {
  return files.flatMap(file => {
    const { services, apiVersion } = (file.value ?? {}) as { services?: unknown; apiVersion?: unknown }
    if (typeof services !== 'object' || services === null || apiVersion !== undefined) return []
    return Object.entries(services as Record<string, Service>)
      .filter(([, service]) => typeof service === 'object' && service !== null)
      .map(([name, service]) => launchOf(file, name, service))
  })
}

function launchOf(file: YamlFile, name: string, service: Service): Launch {
  const { command, entrypoint, image, network_mode: mode } = service
  const key = isNode(command) || entrypoint === undefined ? 'command' : 'entrypoint'
  const given = key === 'command' ? command : entrypoint
  const words = Array.isArray(given) ? given.map(String) : undefined
  // Without an entrypoint the image's runs.
  const byEntrypoint = words !== undefined && entrypoint === undefined ? readArguments(words) : undefined
  const read = byEntrypoint ?? (words === undefined ? readLine(given) : readCommand(words))
  const node = nodeAt(file, 'services', name, key)
  const addPreload = read === undefined ? undefined : addToYaml(file, node, byEntrypoint !== undefined)
  const line = file.lineOf(node ?? nodeAt(file, 'services', name))
  return {
    kind: 'compose',
    label: name,
    file: file.file,
    line,
    command: read,
    environment: readEnvironment(file, name, service),
    ports: [
      ...readPorts(file, name, 'ports', service.ports),
      ...readPorts(file, name, 'expose', service.expose),
    ],
    ...(image !== undefined && { image }),
    ...(mode !== undefined && {
      network: mode === 'host' ? 'host' : `${file.file}#${mode.replace(/^service:/, '')}`,
    }),
    ...(addPreload !== undefined && { addPreload }),
  }
}

function isNode(command: unknown): boolean {
  return typeof command === 'string' ? readLine(command) !== undefined : Array.isArray(command)
}

function readLine(line: unknown) {
  return typeof line === 'string' ? readCommand(line) : undefined
}

function readEnvironment(
  file: YamlFile,
  name: string,
  { environment, env_file: envFiles }: Service,
): Environment {
  const settings = new Map<string, Setting>()
  let isComplete = true
  for (const each of Array.isArray(envFiles) ? envFiles : envFiles === undefined ? [] : [envFiles]) {
    const path = typeof each === 'string' ? each : (each as { path?: string })?.path
    const read = path === undefined ? undefined : readEnvFile(resolve(join(dirname(file.file), path)))
    if (read === undefined) isComplete = false
    for (const [key, setting] of read ?? []) settings.set(key, setting)
  }
  const place = (...path: (string | number)[]) => ({
    file: file.file,
    line: file.lineOf(
      nodeAt(file, 'services', name, 'environment', ...path) ?? nodeAt(file, 'services', name),
    ),
  })
  if (Array.isArray(environment)) {
    for (const [index, each] of environment.map(String).entries()) {
      const [key = '', value] = each.split(/=(.*)/s)
      settings.set(key, settingOf(value, place(index)))
    }
  } else if (typeof environment === 'object' && environment !== null) {
    for (const [key, value] of Object.entries(environment)) settings.set(key, settingOf(value, place(key)))
  }
  return { settings, isComplete }
}

/** What others can reach: `8080:80`, `127.0.0.1:80:80/tcp`, `{target: 80}`, `80`. */
function readPorts(file: YamlFile, name: string, key: string, ports: readonly unknown[] = []): Port[] {
  return ports.flatMap((port, index) => {
    const target = typeof port === 'object' && port !== null ? (port as { target?: unknown }).target : port
    const number = Number(/(\d+)(?:\/\w+)?$/.exec(String(target))?.[1])
    const line = file.lineOf(nodeAt(file, 'services', name, key, index))
    return Number.isNaN(number) ? [] : [{ number, file: file.file, line }]
  })
}
