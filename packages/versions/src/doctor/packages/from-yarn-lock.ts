import { parseSyml } from '@yarnpkg/parsers'
import type { Manifest, Store } from './graph.ts'

/**
 * yarn's lock file, of both kinds. A key is what was asked for, `name@range`; several may share an entry. Yarn 1 notes no
 * peers, so what is asked for as a peer is there if any entry has the name.
 */
export function fromYarnLock(text: string, path: string): Store<string> | undefined {
  const entries = new Map<string, { id: string; manifest: Manifest }>()
  for (const [keys, entry] of Object.entries(parseSyml(text) as Record<string, Manifest>)) {
    if (keys === '__metadata') continue
    for (const key of keys.split(/,\s*/)) {
      const name = nameOf(key)
      const found = { id: `${name}@${entry.version}`, manifest: { ...entry, ...optionalPeers(entry), name } }
      entries.set(key, found)
      // Without the protocol that yarn 2 and later write before the range.
      entries.set(key.replace(/@(?:npm|workspace):/, '@'), found)
      if (!entries.has(name)) entries.set(name, found)
    }
  }
  return {
    source: path,
    root: '',
    find(_from, name, range) {
      const found = entries.get(`${name}@${range}`) ?? entries.get(name)
      return found === undefined ? undefined : { key: found.id, ...found }
    },
  }
}

/** Every value is a text there. */
function optionalPeers({ peerDependenciesMeta = {} }: Manifest): Pick<Manifest, 'peerDependenciesMeta'> {
  const meta = Object.entries(peerDependenciesMeta).map(([name, { optional }]) => {
    return [name, { optional: String(optional) === 'true' }] as const
  })
  return { peerDependenciesMeta: Object.fromEntries(meta) }
}

function nameOf(key: string): string {
  return key.slice(0, key.indexOf('@', 1))
}
