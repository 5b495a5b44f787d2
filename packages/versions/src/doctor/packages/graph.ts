/** What a package.json, or a lock file's copy of it, says that matters here. */
export interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly type?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { optional?: boolean }>>
  readonly engines?: { readonly node?: string }
}

/** One copy of a package. */
export interface Copy {
  readonly name: string
  readonly version: string
  /** Its folder, or its key in the lock file: no two copies have the same. */
  readonly id: string
  readonly manifest: Manifest
  /** Who brought it, the direct dependency first and itself last. */
  readonly path: readonly Copy[]
}

/** What is installed for a service, or what a lock file says would be. */
export interface PackageGraph {
  /** `node_modules`, or the path of the lock file. */
  readonly source: string
  /** Every copy that is reached without development dependencies, those with the shortest path first. */
  readonly copies: readonly Copy[]
  /** What a copy gets when it asks for a package; of the service itself: undefined. */
  resolve(from: Copy | undefined, name: string): Copy | undefined
}

/** Says where a package's copy is for who asks for it: the one thing in which installers and lock files differ. */
export interface Store<Key> {
  readonly source: string
  readonly root: Key
  find(from: Key, name: string, range: string | undefined): Found<Key> | undefined
}

export interface Found<Key> {
  readonly key: Key
  readonly id: string
  readonly manifest: Manifest
}

/** Follows dependencies from the service on, breadth first. */
export function followDependencies<Key>(store: Store<Key>, service: Manifest): PackageGraph {
  const byId = new Map<string, { copy: Copy; key: Key }>()
  const waiting: { key: Key; manifest: Manifest; path: readonly Copy[] }[] = [
    { key: store.root, manifest: service, path: [] },
  ]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const [name, range] of Object.entries(wanted(next.manifest))) {
      const found = store.find(next.key, name, range)
      if (found === undefined || byId.has(found.id)) continue
      const version = found.manifest.version ?? '0.0.0'
      const path: Copy[] = [...next.path]
      const copy: Copy = {
        name: found.manifest.name ?? name,
        version,
        id: found.id,
        manifest: found.manifest,
        path,
      }
      path.push(copy)
      byId.set(found.id, { copy, key: found.key })
      waiting.push({ key: found.key, manifest: found.manifest, path })
    }
  }
  return {
    source: store.source,
    copies: [...byId.values()].map(({ copy }) => copy),
    resolve(from, name) {
      const key = from === undefined ? store.root : byId.get(from.id)?.key
      if (key === undefined) return undefined
      const found = store.find(key, name, wanted(from?.manifest ?? service)[name])
      return found === undefined ? undefined : byId.get(found.id)?.copy
    },
  }
}

/** Peers that are optional bring nothing: where one is there, somebody else has asked for it. */
function wanted(manifest: Manifest): Record<string, string> {
  const { peerDependencies = {}, peerDependenciesMeta = {}, optionalDependencies, dependencies } = manifest
  const isNeeded = ([name]: [string, string]) => peerDependenciesMeta[name]?.optional !== true
  const peers = Object.fromEntries(Object.entries(peerDependencies).filter(isNeeded))
  return { ...peers, ...optionalDependencies, ...dependencies }
}

/** `fastify > pino > …`, as people say it. */
export function pathText({ path }: Copy): string {
  return path.map(({ name, version }) => `${name}@${version}`).join(' > ')
}
