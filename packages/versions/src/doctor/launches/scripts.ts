import type { JsonFile } from '../source/json-file.ts'
import { addToLine } from './add-preload.ts'
import type { ServiceManifest } from './find-launches.ts'
import { environmentOf, type Launch } from './launch.ts'
import { readCommand } from './node-command.ts'

/** What runs a service, as against what is for developing it. */
const STARTS =
  /^(?:start|serve|prod|production)(?:[:_-](?:prod|production|api|server|web|worker|workers|jobs?|cluster))?$/

/** The scripts of package.json that start the service. A workspace's own scripts start tools, or others' scripts. */
export function fromScripts(manifest: JsonFile<ServiceManifest>): Launch[] {
  if (manifest.value.workspaces !== undefined) return []
  return Object.keys(manifest.value.scripts ?? {})
    .filter(name => STARTS.test(name))
    .flatMap(name => launchOf(manifest, name) ?? [])
}

/** Undefined where the script starts no Node. */
export function launchOf(manifest: JsonFile<ServiceManifest>, name: string): Launch | undefined {
  const line = manifest.value.scripts?.[name]
  const node = manifest.nodeAt('scripts', name)
  const command = typeof line === 'string' ? readCommand(line) : undefined
  if (command === undefined || node === undefined || line === undefined) return undefined
  const { file } = manifest
  const place = { file, line: manifest.lineOf('scripts', name) }
  const changed = addToLine(line)
  const { offset, length } = node
  return {
    kind: 'script',
    label: name,
    ...place,
    command,
    environment: environmentOf(command, place),
    ports: [],
    ...(changed !== undefined && { addPreload: [{ file, offset, length, text: JSON.stringify(changed) }] }),
  }
}
