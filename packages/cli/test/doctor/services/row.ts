import { EXPRESS } from './apps.ts'
import { START } from './manifests.ts'

/** A service with a fault, or with none: its files, and what the doctor finds there, to the line. */
export interface Row {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  /** `code file:line` */
  readonly found: readonly string[]
  /** It is no member of the workspace that npm installs: npm would refuse it. */
  readonly isAside?: true
}

interface Manifest {
  readonly start?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

/** Lines: name 2, version 3, private 4, what else is given, scripts, dependencies. */
export function manifest(name: string, { start = START, dependencies, ...others }: Manifest = {}): string {
  const all = { '@tutti/preload': '^0.1.0', express: '5.3.0', ...dependencies }
  const value = {
    name,
    version: '1.0.0',
    private: true,
    ...others,
    ...(start !== '' && { scripts: { start } }),
    dependencies: Object.fromEntries(Object.entries(all).filter(([, version]) => version !== '')),
  }
  return `${JSON.stringify(value, null, 2)}\n`
}

/** A service that runs Express and has the preload. */
export function row(
  name: string,
  found: readonly string[],
  files: Record<string, string>,
  of: Manifest = {},
): Row {
  return { name, found, files: { 'package.json': manifest(name, of), 'server.js': EXPRESS, ...files } }
}
