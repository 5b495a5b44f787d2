import { resolve } from 'node:path'
import { preloadMissing } from '../doctor/checks/preload-missing.ts'
import { otherSdks } from '../doctor/checks/two-sdks.ts'
import type { Edit, Finding } from '../doctor/finding.ts'
import { applyEdits, type ChangedFile } from '../doctor/fix/apply-edits.ts'
import { isBroken, readService } from '../doctor/service.ts'
import { groupBy } from '../doctor/source/group-by.ts'
import { readText } from '../doctor/source/read-text.ts'
import { openCompose } from './compose.ts'
import { detect } from './detect.ts'
import { openDockerfiles } from './dockerfile.ts'
import { openKubernetes } from './kubernetes.ts'
import { editPackageJson } from './package-json.ts'
import { snippets } from './snippets.ts'

/** What it takes to have Tutti in a service. */
export interface InitPlan {
  /** An absolute path. */
  readonly directory: string
  readonly name: string
  /** What the service was found to be: `ECMAScript modules`, `Next.js`. */
  readonly detected: readonly string[]
  /** None: Tutti is there. */
  readonly changes: readonly ChangedFile[]
  /** What is left to be done by hand, sentences. */
  readonly steps: readonly string[]
  /** What to write where the service has no such file yet. */
  readonly snippets: readonly { readonly title: string; readonly text: string }[]
}

/**
 * Plans the preload as a dependency, and in whatever starts the service: scripts, Dockerfile, manifests, PM2, Procfile.
 * In an image the page is opened to other machines. Nothing is written. Planned again after it was written, there are no
 * changes.
 *
 * Throws {@link RangeError} where there is no package.json to read, and for the top of a workspace.
 */
export function planInit(directory: string, preloadVersion: string): InitPlan {
  const folder = resolve(directory)
  const service = readService(folder)
  if (service === undefined)
    throw new RangeError(`${folder} has no package.json. Name the folder of a service.`)
  if (isBroken(service)) throw new RangeError(`${service.manifest.file} is no JSON. Correct it.`)
  if (service.manifest.value.workspaces !== undefined)
    throw new RangeError(`${folder} is the top of a workspace. Name the folder of a service in it.`)

  const missing = preloadMissing(service)
  const others = otherSdks(
    service,
    service.launches.filter(({ command }) => command !== undefined),
  )
  const edits = [
    ...fixesOf(missing),
    ...openDockerfiles(service),
    ...openCompose(service),
    ...openKubernetes(service),
  ]
  const manifestFile = service.manifest.file
  const changes = [...groupBy(edits, ({ file }) => file)].flatMap(([file, own]) => {
    const before = readText(file) ?? ''
    return file === manifestFile ? [] : [{ file, before, after: applyEdits(before, own) }]
  })
  const inManifest = edits.filter(({ file }) => file === manifestFile)
  const after = editPackageJson(service, applyEdits(service.manifest.text, inManifest), preloadVersion)
  const manifest = { file: manifestFile, before: service.manifest.text, after }
  const all = [
    ...(after === manifest.before ? [] : [manifest]),
    ...changes.filter(each => each.after !== each.before),
  ]
  const { detected, steps } = detect(service, all.length > 0)
  return {
    directory: folder,
    name: service.name,
    detected,
    changes: all,
    steps: [...steps, ...[...missing.filter(({ fix }) => fix === undefined), ...others].map(byHand)],
    snippets: snippets(service),
  }
}

function fixesOf(findings: readonly Finding[]): Edit[] {
  return findings.flatMap(({ fix = [] }) => fix)
}

function byHand({ file, line, what, mend }: Finding): string {
  return `${file}:${line}: ${what}. ${mend}`
}
