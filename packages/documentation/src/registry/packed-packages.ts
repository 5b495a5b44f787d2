import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { repository } from '../repository.ts'

export interface PackedPackage {
  readonly manifest: Readonly<Record<string, unknown>>
  /** What `npm publish` would send. */
  readonly tarball: string
}

/** Packs every package of ours that is published; by name. */
export async function packPackages(folder: string): Promise<Map<string, PackedPackage>> {
  const published = readdirSync(join(repository, 'packages'))
    .map(name => join(repository, 'packages', name, 'package.json'))
    .filter(existsSync)
    .map(path => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>)
    .filter(manifest => manifest.private !== true)
  const workspaces = published.map(({ name }) => `--workspace=${name}`)
  await promisify(execFile)('npm', ['pack', '--silent', '--pack-destination', folder, ...workspaces], {
    cwd: repository,
  })
  return new Map(
    published.map(({ devDependencies: _, ...manifest }) => {
      const name = String(manifest.name)
      const file = `${name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`
      return [name, { manifest, tarball: join(folder, file) }]
    }),
  )
}
