import { basename } from 'node:path'
import { findDeadVariables, readExporters, usesOf } from '@tutti/preload/knowledge'
import type { Finding } from '../finding.ts'
import { readEnvFile } from '../launches/env-file.ts'
import { hasPreload } from '../launches/has-preload.ts'
import type { Environment, Launch } from '../launches/launch.ts'
import type { Service } from '../service.ts'
import { report } from './report.ts'

const EVERYTHING = { otlp: true, push: true, signals: true }

/** By the preload's own table, wherever a variable is set for a process that has the preload, or may have it. */
export function deadVariables(service: Service): readonly Finding[] {
  const environments = service.launches
    .filter(launch => concerns(launch, service))
    .map(({ environment }) => environment)
  // Such a file may be for compose to fill in, or for others: only what was meant for us is certain.
  const files = service.files.filter(isEnvFile).flatMap(file => {
    const all = describe({ settings: readEnvFile(file) ?? new Map(), isComplete: false })
    return all.filter(({ what }) => what.includes('did you mean'))
  })
  const findings = [...environments.flatMap(describe), ...files]
  return [
    ...new Map(
      findings.map(finding => [`${finding.file}:${finding.line}:${finding.what}`, finding]),
    ).values(),
  ]
}

/** In a manifest there are others' containers, too. */
function concerns(launch: Launch, service: Service): boolean {
  const preload = hasPreload(launch, service)
  if (preload !== undefined) return preload || launch.command !== undefined
  return [...launch.environment.settings.keys()].some(name => name.startsWith('TUTTI_'))
}

function isEnvFile(file: string): boolean {
  return /^\.env(?:\.(?!example|sample|template)[\w.-]+)?$/.test(basename(file))
}

function describe({ settings, isComplete }: Environment): Finding[] {
  const env = Object.fromEntries([...settings].map(([name, { value }]) => [name, value ?? 'unknown']))
  const isKnown = isComplete && [...settings.values()].every(({ value }) => value !== undefined)
  const uses = isKnown ? usesOf({ exporters: readExporters(env, () => {}) }, env) : EVERYTHING
  return findDeadVariables(env, uses).map(({ name, mend }) => {
    return report('TUTTI302', settings.get(name)!, `${name} has no effect${mend}`)
  })
}
