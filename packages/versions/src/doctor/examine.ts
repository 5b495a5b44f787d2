import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { current, sets } from '../sets/index.ts'
import { CHECKS } from './checks/all.ts'
import type { Context } from './checks/check.ts'
import type { Code } from './codes.ts'
import { findServices } from './find-services.ts'
import type { Finding } from './finding.ts'
import { isIgnoredThere } from './ignored-lines.ts'
import type { ReadPackages } from './packages/from-node-modules.ts'
import { readService, type Service } from './service.ts'

export interface ExamineOptions {
  /** A set by its name. Else the one that package.json names (`"tutti": {"set": "node20"}`), else `current`. */
  readonly set?: string
  /** Findings of these codes are left out, as are those that package.json names (`"tutti": {"ignore": [...]}`). */
  readonly ignore?: readonly Code[]
  /** Called before each service, with how many there are. */
  readonly onService?: (name: string, number: number, count: number) => void
}

/** What was found in one folder. */
export interface ServiceExamination {
  /** Relative to the folder that was asked for; empty for itself. */
  readonly folder: string
  /** As package.json has it, else the folder's. */
  readonly name: string
  /** The ways in which it is started; none: a library. */
  readonly launches: readonly {
    readonly kind: string
    readonly label: string
    readonly file: string
    readonly line: number
  }[]
  /** `node_modules`, or the lock file that was read instead. */
  readonly packagesFrom: string | undefined
  /** In the order of files and lines. */
  readonly findings: readonly Finding[]
}

export interface Examination {
  /** An absolute path. */
  readonly directory: string
  readonly services: readonly ServiceExamination[]
}

/**
 * Looks for everything that keeps a service's metrics from being there, or from being right: in its package.json and
 * what is installed, its start scripts, Dockerfiles, manifests and its own code. A folder with workspaces, or with
 * services in it, is examined service by service. Nothing is run and nothing is written.
 *
 * Throws {@link RangeError} for a set or a folder that does not exist, and for a folder without any package.json.
 */
export async function examine(directory: string, options: ExamineOptions = {}): Promise<Examination> {
  const root = resolve(directory)
  if (options.set !== undefined) setNamed(options.set)
  if (!existsSync(root)) throw new RangeError(`there is no folder ${root}. Name the folder of a service.`)
  const found = findServices(root)
  if (found.length === 0)
    throw new RangeError(`${root} has no package.json, nor has a folder in it. Name the folder of a service.`)
  const services: ServiceExamination[] = []
  const known: ReadPackages = new Map()
  for (const [index, folder] of found.entries()) {
    options.onService?.(relative(root, folder), index + 1, found.length)
    const service = readService(folder, known)
    if (service !== undefined) services.push(await examineService(service, root, options))
  }
  return { directory: root, services }
}

async function examineService(
  service: Service,
  root: string,
  options: ExamineOptions,
): Promise<ServiceExamination> {
  const { set, ignore = [] } = service.manifest.value.tutti ?? {}
  const chosen = options.set ?? set
  const context: Context = {
    set: chosen === undefined ? current : setNamed(chosen),
    isSetChosen: chosen !== undefined,
    node: process.versions.node,
  }
  const ignored = new Set<string>([...ignore, ...(options.ignore ?? [])])
  const findings: Finding[] = []
  for (const check of CHECKS) findings.push(...(await check(service, context)))
  return {
    folder: relative(root, service.folder),
    name: service.name,
    launches: service.launches
      .filter(({ command }) => command !== undefined)
      .map(({ kind, label, file, line }) => ({ kind, label, file, line })),
    packagesFrom: service.packages?.source,
    findings: findings.filter(each => !ignored.has(each.code) && !isIgnoredThere(each)).sort(byPlace),
  }
}

function setNamed(name: string) {
  const set = sets.find(each => each.name === name)
  if (set !== undefined) return set
  throw new RangeError(
    `there is no set ${JSON.stringify(name)}. Give one of ${sets.map(each => each.name).join(', ')}.`,
  )
}

function byPlace(one: Finding, other: Finding): number {
  const [a, b] = [one, other].map(
    ({ file, line, code }) => `${file}\0${String(line).padStart(7, '0')}\0${code}`,
  )
  return a! < b! ? -1 : a! > b! ? 1 : 0
}
