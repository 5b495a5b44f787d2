import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { withFileLock } from './file-lock.ts'
import { type NodeMajor, nodeVersions } from './node-versions.ts'

const run = promisify(execFile)
const nodeModules = fileURLToPath(new URL('../../../node_modules', import.meta.url))
/** `npm ci` empties it together with everything else that was installed. */
const cache = join(nodeModules, '.cache', 'tutti-node')
/** A download of 30 to 50 MB; whoever waits for another process' download waits as long. */
const INSTALL_TIMEOUT_MS = 240_000

/**
 * The path of a real Node of that major version, of exactly the version that node-versions.ts names: the
 * toolchain's own, or one that npm installs into a cache, once a checkout. Undefined where npm can't install it.
 */
export function findNode(major: NodeMajor): Promise<string | undefined> {
  // One attempt a process: a machine without network should not wait for it again in every test.
  const attempt = attempts.get(major) ?? find(nodeVersions[major])
  attempts.set(major, attempt)
  return attempt
}

const attempts = new Map<NodeMajor, Promise<string | undefined>>()

async function find(version: string): Promise<string | undefined> {
  const installed = join(cache, version, 'node')
  for (const path of [join(nodeModules, 'node', 'bin', 'node'), installed]) {
    if (await isNode(path, version)) return path
  }
  try {
    mkdirSync(cache, { recursive: true })
    await withFileLock(join(cache, `${version}.lock`), INSTALL_TIMEOUT_MS, async () => {
      if (!existsSync(installed)) await install(version, installed)
    })
  } catch {
    // No npm, no network, no package for this machine: whether it worked shows in whether it is there.
  }
  return (await isNode(installed, version)) ? installed : undefined
}

async function isNode(path: string, version: string): Promise<boolean> {
  if (!existsSync(path)) return false
  const { stdout } = await run(path, ['--version']).catch(() => ({ stdout: '' }))
  return stdout.trim() === `v${version}`
}

/** Installed aside and renamed into place, so that whoever finds it finds all of it. */
async function install(version: string, path: string): Promise<void> {
  const folder = mkdtempSync(join(cache, `${version}-`))
  try {
    // The package is a script that fetches the binary of this machine, and npm runs no script that nobody allowed.
    const manifest = { private: true, allowScripts: { node: true }, dependencies: { node: version } }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
    const options = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
    const npm = run('npm', ['install', ...options], {
      cwd: folder,
      env: environmentOfNpm(),
      timeout: INSTALL_TIMEOUT_MS,
    })
    npm.child.stdin?.end()
    await npm
    mkdirSync(dirname(path), { recursive: true })
    renameSync(join(folder, 'node_modules', 'node', 'bin', 'node'), path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Tests run below `npm run`, which tells npm of its workspace; the registry and its like must stay. */
function environmentOfNpm(): NodeJS.ProcessEnv {
  const isOfRun =
    /^(?:npm_(?:package|lifecycle)_|npm_config_(?:workspaces?|local_prefix|prefix|global|ignore_scripts)$|NODE_OPTIONS$|INIT_CWD$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOfRun.test(name)))
}
