import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findInNewerDebian, notRun } from '@tutti/test-servers'
import { deploy, type Resource, resourcesOf } from '../files.ts'

/** The program, or undefined and a line that says so. */
export async function findKustomize(): Promise<string | undefined> {
  const program = await findInNewerDebian('kustomize', 'kustomize')
  if (program === undefined) notRun('manifests for Kubernetes', "kustomize can't be had from Debian")
  return program
}

/** What `kustomize build` makes of a folder below deploy/kubernetes. */
export function build(kustomize: string, folder: string): Resource[] {
  const { status, stdout, stderr } = spawnSync(kustomize, ['build', join(deploy, 'kubernetes', folder)], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  })
  if (status !== 0) throw new Error(`kustomize build ${folder}: ${stderr}`)
  return resourcesOf(stdout)
}

/** The base with one component and nothing else. */
export function buildWith(kustomize: string, component: string): Resource[] {
  // Beside the overlays: kustomize takes relative paths only.
  const folder = mkdtempSync(join(deploy, 'kubernetes', 'overlays', '.test-'))
  try {
    const lines = ['resources: [../../base]', `components: [../../components/${component}]`, '']
    writeFileSync(join(folder, 'kustomization.yaml'), lines.join('\n'))
    return build(kustomize, folder.slice(join(deploy, 'kubernetes').length + 1))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
