import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../repository.ts'

/** One thing that an app can import. */
export interface EntryPoint {
  /** As it is imported: `@tutti/aggregator/inspect`. */
  readonly name: string
  /** The name of its page, without `.md`. */
  readonly page: string
  /** The declarations that are published. */
  readonly types: string
  readonly description: string
}

interface Manifest {
  readonly name: string
  readonly description: string
  readonly private?: boolean
  readonly exports?: Record<string, unknown>
}

/** Those that a page would have nothing to say of, or nothing that is not prom-client's to say. */
const WITHOUT_PAGE = ['@tutti/preload', '@tutti/aggregator/record', '@tutti/business-metrics/prom-client']

/** Every entry of every package that is published, in the order of their names. */
export function entryPoints(): EntryPoint[] {
  const packages = join(repository, 'packages')
  return readdirSync(packages)
    .map(folder => join(packages, folder))
    .filter(folder => existsSync(join(folder, 'package.json')))
    .flatMap(entriesOf)
    .filter(({ name }) => !WITHOUT_PAGE.includes(name))
}

function entriesOf(folder: string): EntryPoint[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  if (manifest.private) return []
  return Object.entries(manifest.exports ?? {}).flatMap(([path, target]) => {
    const types = typesOf(target)
    if (types === undefined) return []
    const name = join(manifest.name, path)
    const page = name.replace(/^@tutti\//, '').replaceAll('/', '-')
    return [{ name, page, types: join(folder, types), description: path === '.' ? manifest.description : '' }]
  })
}

/** The first declarations that are named, which are those for `import` where there are two. */
function typesOf(target: unknown): string | undefined {
  if (typeof target !== 'object' || target === null) return undefined
  for (const [condition, value] of Object.entries(target)) {
    const types = condition === 'types' && typeof value === 'string' ? value : typesOf(value)
    if (types !== undefined) return types
  }
  return undefined
}
