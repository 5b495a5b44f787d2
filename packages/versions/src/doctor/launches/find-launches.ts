import { basename } from 'node:path'
import type { Manifest } from '../packages/graph.ts'
import type { JsonFile } from '../source/json-file.ts'
import { fromCompose } from './compose.ts'
import { fromDockerfile } from './dockerfile.ts'
import { fromEcs } from './ecs.ts'
import { fromKubernetes } from './kubernetes.ts'
import type { Launch } from './launch.ts'
import { fromPm2 } from './pm2.ts'
import { fromProcfile } from './procfile.ts'
import { fromScripts } from './scripts.ts'
import { type YamlFile, yamlFiles } from './yaml-file.ts'

export interface ServiceManifest extends Manifest {
  readonly main?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly workspaces?: unknown
  readonly volta?: { readonly node?: string }
  readonly tutti?: { readonly set?: string; readonly ignore?: readonly string[] }
}

/** Every way in which a service is started that its own files tell of. */
export function findLaunches(
  manifest: JsonFile<ServiceManifest> | undefined,
  files: readonly string[],
): Launch[] {
  const yaml: YamlFile[] = files.filter(isYaml).flatMap(yamlFiles)
  return [
    ...(manifest === undefined ? [] : fromScripts(manifest)),
    ...files.filter(isDockerfile).flatMap(fromDockerfile),
    ...fromCompose(yaml),
    ...fromKubernetes(yaml),
    ...files.filter(file => file.endsWith('.json')).flatMap(fromEcs),
    ...files.filter(isEcosystem).flatMap(fromPm2),
    ...files.filter(file => basename(file) === 'Procfile').flatMap(fromProcfile),
  ]
}

export function isDockerfile(file: string): boolean {
  const name = basename(file)
  return (
    /^(?:Docker|Container)file(?:\.[\w-]+)?$|\.[Dd]ockerfile$/.test(name) && !name.endsWith('.dockerignore')
  )
}

function isYaml(file: string): boolean {
  return /\.ya?ml$/.test(file) && !/(?:pnpm-lock|pnpm-workspace)\.yaml$/.test(file)
}

export function isEcosystem(file: string): boolean {
  return /^(?:ecosystem\.config|pm2\.config|ecosystem|pm2|process)\.(?:[cm]?js|json)$/.test(basename(file))
}
