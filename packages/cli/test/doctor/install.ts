import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { withFileLock } from '@tutti/test-servers'
import { cleanEnv } from '../process.ts'
import { BROKEN } from './services/broken.ts'
import { GOOD } from './services/good.ts'
import { PLAIN } from './services/plain.ts'
import type { Row } from './services/row.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../..', import.meta.url))
const OURS = ['aggregator', 'instrumentation', 'preload']
/** The registry may be slow, and others install at the same time. */
const TIMEOUT_MS = 240_000

/** Services that npm installed, as members of one workspace, so that it is done once for all tests. */
export interface Installed {
  readonly folder: string
  /** Where a service is. */
  at(name: string): string
}

/** Every service of the tables. */
export const ROWS: readonly Row[] = [...GOOD, ...BROKEN, ...PLAIN]

/** Undefined where npm reaches no registry. */
export async function installed(): Promise<Installed | undefined> {
  const folder = process.env.TUTTI_SERVICES_FOLDER!
  const at = (name: string) =>
    join(folder, ROWS.find(row => row.name === name)?.isAside ? 'aside' : 'services', name)
  const isDone = await withFileLock(`${folder}.lock`, TIMEOUT_MS, async () => {
    if (existsSync(join(folder, 'node_modules'))) return true
    for (const { name, files } of ROWS) writeFiles(at(name), files)
    return install(folder)
  })
  return isDone ? { folder, at } : undefined
}

async function install(folder: string): Promise<boolean> {
  const ours = await pack(folder)
  const manifest = {
    name: 'workspace',
    private: true,
    workspaces: ['services/*'],
    dependencies: { ...ours },
    // Members name a range, and npm has no such package: ours stand for it.
    overrides: ours,
    allowScripts: { koffi: true, protobufjs: false, esbuild: false },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
  // What npm would refuse is what the doctor is to find.
  const args = [
    'install',
    '--legacy-peer-deps',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  return npm(args, folder)
}

/** Only the lock file: false where npm reaches no registry. */
export async function lock(folder: string, files: Readonly<Record<string, string>>): Promise<boolean> {
  writeFiles(folder, files)
  return npm(
    ['install', '--package-lock-only', '--legacy-peer-deps', '--prefer-offline', '--no-audit', '--no-fund'],
    folder,
  )
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
}

/** Our packages as they would be published, by name. */
export async function pack(folder: string): Promise<Record<string, string>> {
  const names = OURS.map(name => `@tutti/${name}`)
  await npm(['pack', '--pack-destination', folder, ...names.map(name => `--workspace=${name}`)], root)
  return Object.fromEntries(
    OURS.map(name => [`@tutti/${name}`, `file:${join(folder, `tutti-${name}-0.1.0.tgz`)}`]),
  )
}

/** False where npm reaches no registry. */
export async function npm(args: readonly string[], folder: string): Promise<boolean> {
  // Tests run below `npm run`, which tells npm of its workspace; the registry and its like must stay.
  const inherited = Object.entries(cleanEnv({})).filter(
    ([name]) =>
      !/^npm_(?:package|lifecycle)_|^npm_config_(?:workspaces?|local_prefix|prefix|global)$|^INIT_CWD$/.test(
        name,
      ),
  )
  try {
    await run('npm', args, {
      cwd: folder,
      env: Object.fromEntries(inherited),
      timeout: TIMEOUT_MS,
      maxBuffer: 1 << 26,
    })
    return true
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string }
    if (/\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED)\b/.test(stderr + stdout))
      return false
    throw error
  }
}
