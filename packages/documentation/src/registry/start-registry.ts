import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type InstalledPackage, installedPackages } from './installed-packages.ts'
import { type PackedPackage, packPackages } from './packed-packages.ts'

export interface Registry {
  readonly url: string
  /** A folder for npm's cache, so that the second installation need not ask again. */
  readonly cache: string
  stop(): Promise<void>
}

/**
 * An npm registry on 127.0.0.1 that has this repository's packages as they would be published, and of others what
 * node_modules has: so that `npm install` of a page is run as it is written, without a network.
 */
export async function startRegistry(): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-registry-'))
  const shelf = { installed: installedPackages(), packed: await packPackages(folder) }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, url)
    const [name, version] = decodeURIComponent(pathname).slice(1).split('/-/')
    if (version === undefined) sendPackument(shelf, name!, url, response)
    else sendTarball(shelf, name!, version.replace(/\.tgz$/, ''), response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    cache: join(folder, 'cache'),
    async stop(): Promise<void> {
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

interface Shelf {
  readonly installed: Map<string, InstalledPackage[]>
  readonly packed: Map<string, PackedPackage>
}

/** What the registry knows of a package: its versions, and which is the latest. */
function sendPackument(shelf: Shelf, name: string, url: string, response: ServerResponse): void {
  const packed = shelf.packed.get(name)
  const manifests = packed ? [packed.manifest] : (shelf.installed.get(name) ?? []).map(each => each.manifest)
  const versions = manifests.map(manifest => {
    return [manifest.version, { ...manifest, dist: { tarball: `${url}/${name}/-/${manifest.version}.tgz` } }]
  })
  response.statusCode = versions.length > 0 ? 200 : 404
  response.setHeader('content-type', 'application/json')
  const latest = manifests[0]?.version
  response.end(JSON.stringify({ name, 'dist-tags': { latest }, versions: Object.fromEntries(versions) }))
}

function sendTarball(shelf: Shelf, name: string, version: string, response: ServerResponse): void {
  const packed = shelf.packed.get(name)
  if (packed !== undefined) {
    createReadStream(packed.tarball).pipe(response)
    return
  }
  const folder = shelf.installed.get(name)?.find(each => each.version === version)?.folder
  if (folder === undefined) {
    response.writeHead(404).end()
    return
  }
  const top = basename(folder)
  const tar = spawn('tar', ['-c', `--exclude=${top}/node_modules`, '-C', dirname(folder), top], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  tar.stdout.pipe(response)
}
